import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from '@jest/globals';
import { startIdentityProvider } from '@junheng/embedded';
import { describeIdentity } from './identity-suite.fixture.js';

const dataDir = mkdtempSync(path.join(tmpdir(), 'junheng-identity-'));
const provider = await startIdentityProvider({
  port: 0,
  dataDir,
  resolveSchool: (school) => (school === '3142032301' ? '420323' : undefined),
  warn: () => undefined,
});
afterAll(async () => {
  await provider.stop();
  rmSync(dataDir, { recursive: true });
});

describeIdentity('the embedded provider', {
  issuer: provider.issuer,
  async signIn(username, password) {
    const response = await fetch(`${provider.issuer}/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', client_id: 'junheng-cli', username, password }),
    });
    const { access_token = '' } = (await response.json()) as { access_token?: string };
    return { status: response.status, token: access_token };
  },
});
