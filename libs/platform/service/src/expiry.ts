import { RuleViolation } from '@junheng/kernel';
import { publicError } from './errors.js';

export interface Lifetime {
  /** Milliseconds since 1970; absent never ends. */
  readonly expiresAt?: number | undefined;
  readonly correlationId: string;
  readonly ended: () => void;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The same events, until the token that asked for them ends; then `UNAUTHENTICATED`. */
export function untilExpiry<T>(events: AsyncIterable<T>, lifetime: Lifetime): AsyncIterableIterator<T> {
  const { expiresAt = Infinity, correlationId, ended } = lifetime;
  const source = events[Symbol.asyncIterator]();
  let expire: (error: Error) => void = () => undefined;
  const expired = new Promise<never>((_, reject) => (expire = reject));
  expired.catch(() => undefined);
  const end = () => {
    clearTimeout(timer);
    ended();
    return source.return?.();
  };
  const timer = setTimeout(
    () => {
      expire(new RuleViolation('UNAUTHENTICATED', 'The token has expired.', { remedy: 'Sign in.' }));
      end()?.catch(() => undefined);
    },
    Math.min(expiresAt - Date.now(), LONGEST_TIMER_MS),
  );
  timer.unref();
  return {
    async next() {
      return Promise.race([source.next(), expired]).catch((error: unknown) => {
        throw publicError(error, correlationId);
      });
    },
    async return() {
      await end();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
