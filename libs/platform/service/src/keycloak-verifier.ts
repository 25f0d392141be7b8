import { createHash, type KeyObject } from 'node:crypto';
import { RuleViolation } from '@junheng/kernel';
import KeycloakConnect from 'keycloak-connect';
import { type Identity, identityOf, type IdentityVerifier } from './identity.js';
import { SigningKeys } from './signing-keys.js';

export interface KeycloakOptions {
  /** As it stands in the tokens: `https://id.example.gov.cn/realms/junheng`. */
  readonly issuer: string;
  readonly audience: string;
  /** Where the keys are, when that is not below the issuer. */
  readonly keysUrl?: string;
  readonly timeoutMs?: number;
  readonly now?: () => number;
}

interface GrantManager {
  createGrant(grant: { access_token: string }): Promise<{ access_token: { content: unknown } }>;
  rotation: { getJWK(kid: string): Promise<KeyObject> };
}

interface Verified {
  readonly identity: Promise<Identity>;
  expiresAt: number;
}

const LONGEST_TOKEN = 8_192;
const REMEMBERED = 10_000;
const CLOCK_SKEW_MS = 30_000;

/**
 * Verifies bearer tokens with keycloak-connect, which is given everything that it would otherwise fetch by itself:
 * its own fetch of keys has no time-out and throws outside of any promise when the answer is no JSON.
 */
export class KeycloakVerifier implements IdentityVerifier {
  readonly #keys: SigningKeys;
  readonly #grants: GrantManager;
  readonly #now: () => number;
  readonly #verified = new Map<string, Verified>();

  constructor(options: KeycloakOptions) {
    const [server, realm] = splitIssuer(options.issuer);
    const { timeoutMs, now } = options;
    this.#now = now ?? Date.now;
    this.#keys = new SigningKeys({
      url: options.keysUrl ?? `${options.issuer}/protocol/openid-connect/certs`,
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(now && { now }),
    });
    const config = {
      realm,
      'auth-server-url': server,
      resource: options.audience,
      'ssl-required': 'external',
      'confidential-port': 0,
      'bearer-only': true,
      'verify-token-audience': true,
    };
    this.#grants = new KeycloakConnect({}, config).grantManager as unknown as GrantManager;
    this.#grants.rotation.getJWK = (kid) => this.#key(kid);
  }

  verify(token: string): Promise<Identity> {
    const hash = createHash('sha256').update(token).digest('base64');
    const known = this.#verified.get(hash);
    if (known && known.expiresAt > this.#now()) return known.identity;
    this.#verified.delete(hash);
    const identity = this.#verify(token);
    this.#remember(hash, identity);
    return identity;
  }

  ready(): Promise<boolean> {
    return this.#keys.ready();
  }

  /** Concurrent requests share one verification; a refusal is forgotten at once. */
  #remember(hash: string, identity: Promise<Identity>): void {
    const entry: Verified = { identity, expiresAt: Infinity };
    this.#verified.set(hash, entry);
    identity.then(
      ({ expiresAt }) => (entry.expiresAt = expiresAt),
      () => this.#verified.delete(hash),
    );
    for (const oldest of this.#verified.keys()) {
      if (this.#verified.size <= REMEMBERED) break;
      this.#verified.delete(oldest);
    }
  }

  async #verify(token: string): Promise<Identity> {
    this.#refuseMalformed(token);
    try {
      const grant = await this.#grants.createGrant({ access_token: token });
      return identityOf(grant.access_token.content);
    } catch (error) {
      if (error instanceof RuleViolation) throw error;
      if (error instanceof Error && error.message.includes(UNAVAILABLE)) throw unavailable();
      throw untrusted();
    }
  }

  /** What keycloak-connect lets pass: another algorithm, a token that never ends, one from the future. */
  #refuseMalformed(token: string): void {
    const [header, content, signature, more] = token.length > LONGEST_TOKEN ? [] : token.split('.');
    if (!header || !content || !signature || more !== undefined) throw untrusted();
    const { alg, kid } = decode(header);
    const { exp, nbf, iat } = decode(content);
    const now = this.#now();
    if (alg !== 'RS256' || typeof kid !== 'string' || typeof exp !== 'number') throw untrusted();
    if (exp * 1_000 <= now)
      throw new RuleViolation('UNAUTHENTICATED', 'The token has expired.', { remedy: 'Sign in.' });
    for (const begin of [nbf, iat]) {
      if (typeof begin === 'number' && begin * 1_000 > now + CLOCK_SKEW_MS) throw untrusted();
    }
  }

  // keycloak-connect keeps only the message of what is thrown here.
  async #key(kid: string): Promise<KeyObject> {
    const key = await this.#keys.find(kid).catch(() => {
      throw new Error(UNAVAILABLE);
    });
    if (!key) throw new Error('unknown key');
    return key;
  }
}

const UNAVAILABLE = 'IDENTITY_UNAVAILABLE';

const untrusted = () => new RuleViolation('UNAUTHENTICATED', 'The token is not valid.', { remedy: 'Sign in.' });

const unavailable = () =>
  new RuleViolation(UNAVAILABLE, 'The identity provider cannot be reached.', { remedy: 'Try again in a moment.' });

function decode(part: string): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
  } catch {
    throw untrusted();
  }
}

function splitIssuer(issuer: string): [server: string, realm: string] {
  const match = /^(https?:\/\/.+)\/realms\/([^/]+)$/.exec(issuer);
  if (!match?.[1] || !match[2]) throw new Error('The issuer must look like https://host/realms/name.');
  return [match[1], match[2]];
}
