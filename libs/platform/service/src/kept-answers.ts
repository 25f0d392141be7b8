import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Scope, Who } from '@junheng/event-store';

/** Tells one state of the rows within a scope from the next. */
export type StampOf = (scope: Scope) => Promise<string>;

export interface KeptAnswersOptions {
  readonly bytes?: number;
  readonly longestAnswer?: number;
}

interface Kept {
  readonly stamp: string;
  readonly body: Promise<Buffer | undefined>;
  bytes: number;
}

/** The place of an answer that is being made. Whoever holds it must fill it, with nothing when the answer is not good. */
export interface Place {
  fill(body: Buffer | undefined): void;
}

const REMEMBERED_QUESTIONS = 2_000;

/**
 * Answers that follow from the read models alone, as bytes, for as long as no row within the asker's scope moves.
 *
 * Who asks is part of the key, so nothing crosses scopes. The stamp is read after the question came and before rows
 * are, so an answer is never older than the question. Only what is asked a second time is kept.
 */
export class KeptAnswers {
  readonly #kept = new Map<string, Kept>();
  readonly #asked = new Set<string>();
  readonly #stamps = new Map<string, Promise<string>>();
  readonly #limit: number;
  readonly #longest: number;
  #bytes = 0;

  constructor(
    private readonly stampOf: StampOf,
    { bytes = 32 * 2 ** 20, longestAnswer = 4 * 2 ** 20 }: KeptAnswersOptions = {},
  ) {
    this.#limit = bytes;
    this.#longest = longestAnswer;
  }

  /** Undefined for what is no plain question. */
  keyOf(body: unknown, { role, scope }: Who): string | undefined {
    if (typeof body !== 'object' || body === null) return undefined;
    const { query, operationName = null, variables = null } = body as Record<string, unknown>;
    if (typeof query !== 'string') return undefined;
    const asked = JSON.stringify([role, scope.region, scope.school ?? null, query, operationName, variables]);
    return createHash('sha256').update(asked).digest('base64');
  }

  /** Remembers that this could have been kept, for when it is asked again. */
  note(key: string): void {
    this.#asked.add(key);
    const [oldest] = this.#asked;
    if (this.#asked.size > REMEMBERED_QUESTIONS && oldest !== undefined) this.#asked.delete(oldest);
  }

  /** The answer, a place to put it, or nothing for a question that came for the first time. */
  async find(key: string, scope: Scope): Promise<Buffer | Place | undefined> {
    if (!this.#asked.has(key)) return undefined;
    const stamp = await this.#stamp(scope);
    const kept = this.#kept.get(key);
    if (kept?.stamp !== stamp) return this.#place(key, stamp);
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept.body;
  }

  #place(key: string, stamp: string): Place {
    let fill: Place['fill'] = () => undefined;
    const body = new Promise<Buffer | undefined>((resolve) => (fill = resolve));
    const kept: Kept = { stamp, body, bytes: 0 };
    this.#drop(key);
    this.#kept.set(key, kept);
    void body.then((answer) => {
      if (this.#kept.get(key) !== kept) return;
      if (!answer || answer.length > this.#longest) return this.#drop(key);
      kept.bytes = answer.length;
      this.#bytes += answer.length;
      for (const oldest of this.#kept.keys()) {
        if (this.#bytes <= this.#limit) break;
        this.#drop(oldest);
      }
    });
    return { fill };
  }

  #drop(key: string): void {
    this.#bytes -= this.#kept.get(key)?.bytes ?? 0;
    this.#kept.delete(key);
  }

  /** One reading serves all who asked before it began. */
  #stamp(scope: Scope): Promise<string> {
    const key = `${scope.region} ${scope.school ?? ''}`;
    const waiting = this.#stamps.get(key);
    if (waiting) return waiting;
    const reading = nextTurn().then(() => {
      this.#stamps.delete(key);
      return this.stampOf(scope);
    });
    this.#stamps.set(key, reading);
    return reading;
  }
}
