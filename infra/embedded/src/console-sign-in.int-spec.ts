import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { startIdentityProvider } from './identity-provider.js';

const dataDir = mkdtempSync(path.join(tmpdir(), 'junheng-identity-'));
const identity = await startIdentityProvider({
  port: 0,
  dataDir,
  resolveSchool: () => undefined,
  warn: () => undefined,
});
afterAll(async () => {
  await identity.stop();
  rmSync(dataDir, { recursive: true });
});

const PAGE = 'http://localhost:4000/counties?year=2013';
const VERIFIER = 'a-verifier-that-is-long-enough-for-the-rule-of-43-characters';
const challenge = createHash('sha256').update(VERIFIER).digest('base64url');

/** A browser as far as the flow needs one: it keeps cookies and does not follow redirects by itself. */
class Browser {
  readonly #cookies = new Map<string, string>();

  async open(url: string, form?: Record<string, string>): Promise<Response> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
      this.#cookies.set(name, value);
    }
    return response;
  }
}

const next = (response: Response) => new URL(response.headers.get('location') ?? '', identity.issuer).href;

const authorize = (parameters: Record<string, string> = {}) =>
  `${identity.issuer}/protocol/openid-connect/auth?${new URLSearchParams({
    client_id: 'junheng-console',
    response_type: 'code',
    scope: 'openid profile',
    redirect_uri: PAGE,
    state: 'here',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...parameters,
  })}`;

const redeem = (code: string, code_verifier: string) =>
  fetch(`${identity.issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    headers: { origin: 'http://localhost:4000' },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'junheng-console',
      redirect_uri: PAGE,
      code,
      code_verifier,
    }),
  });

async function signIn(browser: Browser): Promise<string> {
  const form = next(await browser.open(authorize()));
  const accepted = await browser.open(form, { username: 'reviewer-4203', password: 'junheng' });
  const back = new URL(next(await browser.open(next(accepted))));
  expect(back.origin + back.pathname).toBe('http://localhost:4000/counties');
  return back.searchParams.get('code') ?? '';
}

describe('The console', () => {
  it('signs a person in with a code that only it can redeem', async () => {
    const browser = new Browser();
    const response = await redeem(await signIn(browser), VERIFIER);
    const tokens = (await response.json()) as Record<string, string>;
    expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:4000');
    expect(decodeJwt(tokens['access_token'] ?? '')).toMatchObject({ azp: 'junheng-console', region: '4203' });
    expect(tokens).toHaveProperty('refresh_token');
    expect(tokens).toHaveProperty('id_token');
  });

  it('redeems no code without its verifier', async () => {
    const response = await redeem(await signIn(new Browser()), 'x'.repeat(43));
    expect(response.status).toBe(400);
  });

  it('shows the form again after a wrong password', async () => {
    const browser = new Browser();
    const form = next(await browser.open(authorize()));
    const again = await browser.open(form, { username: 'reviewer-4203', password: 'wrong' });
    expect(again.status).toBe(401);
    expect(await again.text()).toContain('Invalid user credentials');
  });

  it('is sent back to its own pages only', async () => {
    const response = await new Browser().open(authorize({ redirect_uri: 'http://evil.example/' }));
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
  });

  it('cannot leave out the challenge', async () => {
    const response = await new Browser().open(authorize({ code_challenge: '', code_challenge_method: '' }));
    expect(next(response)).toContain('error=invalid_request');
  });
});
