import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';

export interface SigningKeysOptions {
  readonly url: string;
  readonly timeoutMs?: number;
  readonly now?: () => number;
}

const LONGEST_ANSWER = 256 * 1_024;
const SHORTEST_PAUSE_MS = 10_000;
const PAUSE_AFTER_FAILURE_MS = 1_000;
const FRESH_MS = 10 * 60_000;

const keySetSchema = z.object({
  keys: z.array(
    z.object({
      kid: z.string(),
      kty: z.string(),
      use: z.string().optional(),
      alg: z.string().optional(),
      n: z.string().optional(),
      e: z.string().optional(),
    }),
  ),
});

/**
 * The public keys of the identity provider.
 *
 * Whatever its endpoint does (hang, lie, grow, vanish) costs at most one request in ten seconds and never the process;
 * keys once seen go on being used while it is away.
 */
export class SigningKeys {
  readonly #now: () => number;
  #keys: ReadonlyMap<string, KeyObject> = new Map();
  #fetching: Promise<void> | undefined;
  #fetchedAt = -Infinity;
  #mayFetchAt = -Infinity;

  constructor(private readonly options: SigningKeysOptions) {
    this.#now = options.now ?? Date.now;
  }

  /** Undefined when there is no such key; throws when nobody can tell. */
  async find(kid: string): Promise<KeyObject | undefined> {
    const known = this.#keys.get(kid);
    if (known && this.#now() - this.#fetchedAt < FRESH_MS) return known;
    const refreshed = this.#refresh();
    if (known) {
      refreshed.catch(() => undefined);
      return known;
    }
    await refreshed;
    return this.#keys.get(kid);
  }

  async ready(): Promise<boolean> {
    if (this.#keys.size > 0) return true;
    await this.#refresh().catch(() => undefined);
    return this.#keys.size > 0;
  }

  #refresh(): Promise<void> {
    if (this.#fetching) return this.#fetching;
    if (this.#now() < this.#mayFetchAt) {
      return this.#keys.size > 0 ? Promise.resolve() : Promise.reject(new Error('The keys could not be fetched.'));
    }
    this.#fetching = this.#fetch().finally(() => (this.#fetching = undefined));
    return this.#fetching;
  }

  async #fetch(): Promise<void> {
    this.#mayFetchAt = this.#now() + PAUSE_AFTER_FAILURE_MS;
    const signal = AbortSignal.timeout(this.options.timeoutMs ?? 3_000);
    const response = await fetch(this.options.url, { signal, redirect: 'error' });
    if (!response.ok) throw new Error(`The keys could not be fetched: HTTP ${response.status}.`);
    this.#keys = readKeys(JSON.parse(await limitedText(response)));
    this.#fetchedAt = this.#now();
    this.#mayFetchAt = this.#now() + SHORTEST_PAUSE_MS;
  }
}

async function limitedText(response: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > LONGEST_ANSWER) throw new Error('The keys are longer than keys are.');
  }
  return text;
}

function readKeys(answer: unknown): ReadonlyMap<string, KeyObject> {
  const keys = new Map<string, KeyObject>();
  for (const jwk of keySetSchema.parse(answer).keys) {
    const signs = jwk.kty === 'RSA' && (jwk.use ?? 'sig') === 'sig' && (jwk.alg ?? 'RS256') === 'RS256';
    if (!signs) continue;
    const { kty, n, e } = jwk;
    const key = createPublicKey({ key: { kty, n, e } as JsonWebKey, format: 'jwk' });
    if ((key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2_048) keys.set(jwk.kid, key);
  }
  if (keys.size === 0) throw new Error('There is no key to verify with.');
  return keys;
}
