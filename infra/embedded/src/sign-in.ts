import { createHash, timingSafeEqual } from 'node:crypto';
import { type Account, accountOf, type ResolveSchool } from './account.js';

/** Answered as Keycloak answers it. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
  readonly expose = true;

  constructor(
    readonly statusCode: 401 | 429,
    readonly error_description: string,
  ) {
    super('invalid_grant');
  }
}

const WINDOW_MS = 60_000;
const FAILURES_OF_ONE_ACCOUNT = 10;
const FAILURES_OF_ALL = 300;

/** The one password of the demonstration accounts, behind a limit on failures. */
export class SignIn {
  readonly #password: Buffer;
  #failures = new Map<string, number>();
  #windowEnds = 0;

  constructor(
    password: string,
    private readonly resolveSchool: ResolveSchool,
    private readonly now: () => number = Date.now,
  ) {
    this.#password = digest(password);
  }

  async check(id: string, password: string): Promise<Account> {
    this.#refuseGuessing(id);
    const account = await accountOf(id, this.resolveSchool);
    const right = timingSafeEqual(digest(password), this.#password);
    if (account && right) return account;
    this.#count(id);
    throw new SignInRefused(401, 'Invalid user credentials');
  }

  async account(id: string): Promise<Account | undefined> {
    return accountOf(id, this.resolveSchool);
  }

  #refuseGuessing(id: string): void {
    if (this.now() >= this.#windowEnds) {
      this.#failures = new Map();
      this.#windowEnds = this.now() + WINDOW_MS;
    }
    const tooMany = (this.#failures.get(id) ?? 0) >= FAILURES_OF_ONE_ACCOUNT || this.#total() >= FAILURES_OF_ALL;
    if (tooMany) throw new SignInRefused(429, 'Too many failures, wait a minute');
  }

  #total(): number {
    return this.#failures.get('') ?? 0;
  }

  #count(id: string): void {
    for (const key of [id, '']) this.#failures.set(key, (this.#failures.get(key) ?? 0) + 1);
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
