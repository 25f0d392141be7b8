import { setTimeout as pause } from 'node:timers/promises';

/** Resolves with the first answer that is not undefined. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
  seconds = 60,
): Promise<T> {
  for (const limit = Date.now() + seconds * 1_000; ; await pause(25)) {
    const answer = await look();
    if (answer !== undefined) return answer;
    if (Date.now() > limit) throw new Error(`${what}: not within ${seconds} s.`);
  }
}
