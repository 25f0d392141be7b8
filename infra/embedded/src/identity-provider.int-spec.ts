import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { startIdentityProvider } from './identity-provider.js';

const dataDir = mkdtempSync(path.join(tmpdir(), 'junheng-identity-'));
const warnings: string[] = [];
const options = {
  port: 0,
  dataDir,
  resolveSchool: (school: string) => (school === '3142032301' ? '420323' : undefined),
  warn: (line: string) => void warnings.push(line),
};
const identity = await startIdentityProvider(options);
afterAll(async () => {
  await identity.stop();
  rmSync(dataDir, { recursive: true });
});

type Answer = Record<string, unknown> & { access_token: string; refresh_token: string };

async function token(form: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(`${identity.issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers,
  });
  return { status: response.status, body: (await response.json()) as Answer };
}

const signIn = (username: string, password = 'junheng', scope = 'openid') =>
  token({ grant_type: 'password', client_id: 'junheng-cli', username, password, scope });

describe('The embedded identity provider', () => {
  it('says loudly that it is for demonstration', () => {
    expect(warnings).toEqual([expect.stringContaining('DEMONSTRATION ONLY')]);
  });

  it('gives a demo account a token with its role and scope, as Keycloak would', async () => {
    const { status, body } = await signIn('admin-420323');
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 1800, id_token: expect.any(String) });
    expect(decodeJwt(body.access_token)).toMatchObject({
      iss: identity.issuer,
      aud: 'junheng-api',
      typ: 'Bearer',
      azp: 'junheng-cli',
      sub: 'admin-420323',
      preferred_username: 'admin-420323',
      realm_access: { roles: ['county-admin'] },
      region: '420323',
    });
  });

  it('puts a school account into the county of its school', async () => {
    const { body } = await signIn('reporter-3142032301');
    expect(decodeJwt(body.access_token)).toMatchObject({ region: '420323', school: '3142032301' });
  });

  it('refuses a wrong password in the words of Keycloak', async () => {
    const refusal = { error: 'invalid_grant', error_description: 'Invalid user credentials' };
    expect(await signIn('admin-420323', 'wrong')).toEqual({ status: 401, body: refusal });
    expect(await signIn('reporter-0000000000')).toEqual({ status: 401, body: refusal });
  });

  it('refreshes a token', async () => {
    const { body } = await signIn('auditor-42');
    const { refresh_token } = body;
    const fresh = await token({ grant_type: 'refresh_token', client_id: 'junheng-cli', refresh_token });
    expect(fresh.status).toBe(200);
    expect(decodeJwt(fresh.body.access_token)).toMatchObject({ sub: 'auditor-42', region: '42', aud: 'junheng-api' });
  });

  it('knows its own services by their secret', async () => {
    const { clientId, secret } = identity.service;
    const authorization = `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
    const { status, body } = await token({ grant_type: 'client_credentials' }, { authorization });
    expect(status).toBe(200);
    expect(decodeJwt(body.access_token)).toMatchObject({ realm_access: { roles: ['operator'] }, region: '-' });
  });

  it('publishes its endpoints on the paths of a Keycloak realm', async () => {
    const found = (await (await fetch(`${identity.issuer}/.well-known/openid-configuration`)).json()) as Answer;
    expect(found).toMatchObject({
      issuer: identity.issuer,
      token_endpoint: `${identity.issuer}/protocol/openid-connect/token`,
      jwks_uri: `${identity.issuer}/protocol/openid-connect/certs`,
      authorization_endpoint: `${identity.issuer}/protocol/openid-connect/auth`,
      userinfo_endpoint: `${identity.issuer}/protocol/openid-connect/userinfo`,
      end_session_endpoint: `${identity.issuer}/protocol/openid-connect/logout`,
    });
  });

  it('publishes no private key', async () => {
    const { keys } = (await (await fetch(`${identity.issuer}/protocol/openid-connect/certs`)).json()) as {
      keys: object[];
    };
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toHaveProperty('d');
  });

  it('tells who a token belongs to', async () => {
    const { body } = await signIn('supervisor-42');
    const ask = (bearer: string) =>
      fetch(`${identity.issuer}/protocol/openid-connect/userinfo`, { headers: { authorization: `Bearer ${bearer}` } });
    expect(await (await ask(body.access_token)).json()).toEqual({
      sub: 'supervisor-42',
      preferred_username: 'supervisor-42',
      region: '42',
    });
    expect((await ask('nonsense')).status).toBe(401);
  });

  it('keeps its keys, so that tokens outlive a restart', async () => {
    const keysOf = async (issuer: string) =>
      (await fetch(`${issuer}/protocol/openid-connect/certs`)).json() as Promise<object>;
    const second = await startIdentityProvider(options);
    expect(await keysOf(second.issuer)).toEqual(await keysOf(identity.issuer));
    await second.stop();
  });

  it('does not start in production unless it is told to', async () => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    try {
      await expect(startIdentityProvider(options)).rejects.toThrow('OIDC_ISSUER');
    } finally {
      process.env['NODE_ENV'] = before;
    }
  });
});
