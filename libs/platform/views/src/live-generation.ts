import type { Pool } from 'pg';
import type { ReadModel } from './read-table.js';

const FRESH_MILLISECONDS = 1000;

/** Which generation queries read: the newest live one of this code, else the newest live one. */
export class LiveGeneration {
  #schema: Promise<string | undefined> | undefined;
  #readAt = 0;

  constructor(
    readonly pool: Pool,
    readonly model: Pick<ReadModel, 'fingerprint'>,
  ) {
    // An idle connection that the server closes is replaced by the next query; without a listener it would end the process.
    pool.on('error', () => undefined);
  }

  /** The schema's name; undefined until a first generation is live. At most a second old. */
  schema(): Promise<string | undefined> {
    const now = performance.now();
    if (this.#schema && now - this.#readAt < FRESH_MILLISECONDS) return this.#schema;
    this.#readAt = now;
    const reading = this.#read();
    this.#schema = reading;
    // A failure or "none yet" is not worth remembering.
    void reading.then(
      (schema) => schema ?? this.#forget(reading),
      () => this.#forget(reading),
    );
    return reading;
  }

  async #read(): Promise<string | undefined> {
    const { rows } = await this.pool.query<{ generation: number }>(
      `SELECT generation FROM view.generation WHERE status = 'live'
       ORDER BY fingerprint = $1 DESC, generation DESC LIMIT 1`,
      [this.model.fingerprint],
    );
    return rows[0] && `read_${rows[0].generation}`;
  }

  #forget(reading: Promise<string | undefined>): void {
    if (this.#schema === reading) this.#schema = undefined;
  }
}
