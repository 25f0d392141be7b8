import { describeIdentity } from './identity-suite.fixture.js';

// Run by infra/keycloak/check.mjs, which starts the server and says where it is.
const issuer = process.env['KEYCLOAK_ISSUER'];
if (issuer === undefined) throw new Error('KEYCLOAK_ISSUER is not set: run "node infra/keycloak/check.mjs".');

describeIdentity('a real Keycloak', {
  issuer,
  async signIn(username, password) {
    const response = await fetch(`${issuer}/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', client_id: 'junheng-cli', username, password }),
    });
    const { access_token = '' } = (await response.json()) as { access_token?: string };
    return { status: response.status, token: access_token };
  },
});
