import { describe, expect, it } from '@jest/globals';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { KeycloakVerifier } from './keycloak-verifier.js';

/** An identity provider under test, real or embedded. */
export interface ProviderUnderTest {
  readonly issuer: string;
  /** School 3142032301 of county 420323 must be known to it. */
  signIn(account: string, password: string): Promise<{ readonly status: number; readonly token: string }>;
}

/** What must hold of whatever signs our users in. */
export function describeIdentity(name: string, { issuer, signIn }: ProviderUnderTest): void {
  const audience = 'junheng-api';
  const verifier = new KeycloakVerifier({ issuer, audience });
  const tokenOf = async (account: string) => (await signIn(account, 'junheng')).token;
  const refused = { code: 'UNAUTHENTICATED' };

  describe(`Identity by ${name}`, () => {
    it.each([
      ['supervisor-42', 'province-supervisor', { region: '42' }],
      ['reviewer-4203', 'city-reviewer', { region: '4203' }],
      ['admin-420323', 'county-admin', { region: '420323' }],
      ['officer-420323', 'county-officer', { region: '420323' }],
      ['auditor-42', 'auditor', { region: '42' }],
      ['principal-3142032301', 'school-principal', { region: '420323', school: '3142032301' }],
      ['reporter-3142032301', 'school-reporter', { region: '420323', school: '3142032301' }],
      ['operator', 'operator', { region: '-' }],
    ])('knows %s by role and scope', async (account, role, scope) => {
      const identity = await verifier.verify(await tokenOf(account));
      expect(identity).toMatchObject({ actor: account, role, scope, client: 'junheng-cli' });
      expect(identity.expiresAt).toBeGreaterThan(Date.now());
    });

    it('gives no token for a wrong password', async () => {
      expect((await signIn('admin-420323', 'wrong')).status).toBe(401);
    });

    it('is asked for its keys once, not for each token', async () => {
      const token = await tokenOf('admin-420323');
      const answers = await Promise.all(Array.from({ length: 200 }, () => verifier.verify(token)));
      expect(new Set(answers).size).toBe(1);
    });

    it('stands behind no token with another signature', async () => {
      const [header, content] = (await tokenOf('admin-420323')).split('.');
      const [, , other] = (await tokenOf('supervisor-42')).split('.');
      await expect(verifier.verify(`${header}.${content}.${other}`)).rejects.toMatchObject(refused);
    });

    it('stands behind no token whose claims were changed', async () => {
      const [header, content = '', signature] = (await tokenOf('admin-420323')).split('.');
      const claims = { ...(JSON.parse(Buffer.from(content, 'base64url').toString()) as object), region: '' };
      const forged = Buffer.from(JSON.stringify(claims)).toString('base64url');
      await expect(verifier.verify(`${header}.${forged}.${signature}`)).rejects.toMatchObject(refused);
    });

    it('stands behind no token without a signature, nor one that its public key "signed"', async () => {
      const [header = '', content] = (await tokenOf('admin-420323')).split('.');
      const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
      const as = (alg: string) => Buffer.from(JSON.stringify({ alg, kid })).toString('base64url');
      const hmac = createHmac('sha256', 'public key')
        .update(`${as('HS256')}.${content}`)
        .digest('base64url');
      await expect(verifier.verify(`${as('none')}.${content}.`)).rejects.toMatchObject(refused);
      await expect(verifier.verify(`${as('none')}.${content}.x`)).rejects.toMatchObject(refused);
      await expect(verifier.verify(`${as('HS256')}.${content}.${hmac}`)).rejects.toMatchObject(refused);
    });

    it('stands behind no token of a key that it does not have', async () => {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const stranger = await new SignJWT({ typ: 'Bearer', region: '', realm_access: { roles: ['auditor'] } })
        .setProtectedHeader({ alg: 'RS256', kid: 'stranger' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject('auditor')
        .setExpirationTime('1h')
        .sign(privateKey);
      await expect(verifier.verify(stranger)).rejects.toMatchObject(refused);
    });

    it('serves us no token that is for somebody else', async () => {
      const elsewhere = new KeycloakVerifier({ issuer, audience: 'another-api' });
      await expect(elsewhere.verify(await tokenOf('admin-420323'))).rejects.toMatchObject(refused);
    });

    it('serves us no token of another issuer, even with the same keys', async () => {
      const keysUrl = `${issuer}/protocol/openid-connect/certs`;
      const other = new KeycloakVerifier({ issuer: 'http://other.example/realms/junheng', audience, keysUrl });
      await expect(other.verify(await tokenOf('admin-420323'))).rejects.toMatchObject(refused);
    });

    it('serves us no token after it has expired', async () => {
      const token = await tokenOf('admin-420323');
      const tomorrow = new KeycloakVerifier({ issuer, audience, now: () => Date.now() + 86_400_000 });
      await expect(tomorrow.verify(token)).rejects.toMatchObject({ ...refused, message: 'The token has expired.' });
    });

    it.each([
      ['nothing', ''],
      ['a word', 'x'],
      ['three words', 'a.b.c'],
      ['four words', 'a.b.c.d'],
      ['a very long word', `${'x'.repeat(9_000)}.a.b`],
      ['dots', '..'],
      ['half a token', 'eyJ9.eyJ9.eyJ9'],
    ])('is not troubled by %s', async (_, garbage) => {
      await expect(verifier.verify(garbage)).rejects.toMatchObject(refused);
    });
  });
}
