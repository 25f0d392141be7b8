import { generateKeyPairSync } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { KeycloakVerifier } from './keycloak-verifier.js';
import { SigningKeys } from './signing-keys.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' };

const servers: Server[] = [];
afterEach(() =>
  servers.splice(0).forEach((server) => {
    server.close();
    server.closeAllConnections();
  }),
);

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const says =
  (body: string, status = 200): RequestListener =>
  (_, response) =>
    response.writeHead(status).end(body);

const tokenOf = (issuer: string, claims: Record<string, unknown> = {}) =>
  new SignJWT({
    typ: 'Bearer',
    region: '420323',
    realm_access: { roles: ['county-admin'] },
    aud: 'junheng-api',
    sub: 'a',
    iss: issuer,
    exp: Math.floor(Date.now() / 1_000) + 300,
    ...claims,
  })
    .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
    .sign(privateKey);

async function verifierFor(base: string): Promise<{ verifier: KeycloakVerifier; issuer: string }> {
  const issuer = `${base}/realms/junheng`;
  return { verifier: new KeycloakVerifier({ issuer, audience: 'junheng-api', timeoutMs: 100 }), issuer };
}

describe('A verifier whose provider misbehaves', () => {
  it.each([
    ['answers no JSON', says('<html>502</html>')],
    ['answers half a JSON', says('{"keys":[')],
    ['answers something else', says('{"hello":"world"}')],
    ['answers null', says('null')],
    ['has no key', says('{"keys":[]}')],
    ['has a broken key', says(JSON.stringify({ keys: [{ ...jwk, n: 'AA' }] }))],
    ['has a key without a modulus', says(JSON.stringify({ keys: [{ kid: 'k1', kty: 'RSA' }] }))],
    ['fails', says('oops', 500)],
    [
      'redirects',
      (_: unknown, response: { writeHead(s: number, h: object): { end(): void } }) =>
        response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    ],
    ['hangs', () => undefined],
    ['hangs in the middle', (_: unknown, response: { write(text: string): void }) => response.write('{"keys":[')],
    [
      'never stops',
      (_: unknown, response: { write(text: string): void }) => {
        for (let i = 0; i < 40; i += 1) response.write(' '.repeat(10_000));
      },
    ],
    ['hangs up', (request: { socket: { destroy(): void } }) => request.socket.destroy()],
  ] as [string, RequestListener][])('that %s refuses tokens and stays alive', async (_, answer) => {
    const { verifier, issuer } = await verifierFor(await serve(answer));
    const token = await tokenOf(issuer);
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
    expect(await verifier.ready()).toBe(false);
  });

  it('that is away altogether refuses tokens and stays alive', async () => {
    const { verifier, issuer } = await verifierFor('http://127.0.0.1:1');
    await expect(verifier.verify(await tokenOf(issuer))).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
  });

  it('accepts tokens as soon as the provider is back', async () => {
    let now = Date.now();
    let broken = true;
    const base = await serve((_, response) => response.end(broken ? 'x' : JSON.stringify({ keys: [jwk] })));
    const issuer = `${base}/realms/junheng`;
    const verifier = new KeycloakVerifier({ issuer, audience: 'junheng-api', now: () => now });
    const token = await tokenOf(issuer);
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
    broken = false;
    now += 1_001;
    expect(await verifier.verify(token)).toMatchObject({ role: 'county-admin' });
  });
});

describe('A verifier', () => {
  const good = says(JSON.stringify({ keys: [jwk] }));
  const now = Math.floor(Date.now() / 1_000);

  it.each([
    ['that never ends', { exp: undefined }],
    ['that begins later', { nbf: now + 120 }],
    ['from the future', { iat: now + 120 }],
    ['that is a refresh token', { typ: 'Refresh' }],
    ['that is an identity token', { typ: 'ID' }],
    ['for nobody', { aud: undefined }],
    ['of nobody', { sub: undefined }],
  ])('trusts no token %s', async (_, claims) => {
    const { verifier, issuer } = await verifierFor(await serve(good));
    const token = await tokenOf(issuer, claims);
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it.each([
    ['without a role', { realm_access: { roles: ['offline_access'] } }],
    ['without any roles', { realm_access: undefined }],
    ['with two roles', { realm_access: { roles: ['county-admin', 'auditor'] } }],
    ['with the region of a city for a county role', { region: '4203' }],
    ['without a region', { region: undefined }],
    ['with a pattern for a region', { region: '42%' }],
    ['with a school for a county role', { school: '3142000001' }],
    ['of a school role without a school', { realm_access: { roles: ['school-reporter'] } }],
  ])('lets nobody in %s', async (_, claims) => {
    const { verifier, issuer } = await verifierFor(await serve(good));
    const token = await tokenOf(issuer, claims);
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('Signing keys', () => {
  it('are not fetched again for every unknown name', async () => {
    let fetched = 0;
    let now = 0;
    const url = await serve((_, response) => {
      fetched += 1;
      response.end(JSON.stringify({ keys: [jwk] }));
    });
    const keys = new SigningKeys({ url, now: () => now });
    for (const kid of ['k1', 'k2', 'k3', 'k4']) await keys.find(kid);
    expect(fetched).toBe(1);
    now = 10_001;
    expect(await keys.find('k2')).toBeUndefined();
    expect(fetched).toBe(2);
  });

  it('go on being used while the provider is away', async () => {
    let now = 0;
    let up = true;
    const url = await serve((_, response) => response.writeHead(up ? 200 : 500).end(JSON.stringify({ keys: [jwk] })));
    const keys = new SigningKeys({ url, now: () => now });
    const first = await keys.find('k1');
    up = false;
    now = 3_600_000;
    expect(await keys.find('k1')).toBe(first);
  });

  it('are fetched once by many who ask at the same time', async () => {
    let fetched = 0;
    const url = await serve((_, response) => {
      fetched += 1;
      response.end(JSON.stringify({ keys: [jwk] }));
    });
    const keys = new SigningKeys({ url });
    await Promise.all(Array.from({ length: 50 }, () => keys.find('k1')));
    expect(fetched).toBe(1);
  });
});
