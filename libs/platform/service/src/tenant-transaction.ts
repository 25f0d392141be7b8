import { setTimeout as pause } from 'node:timers/promises';
import type { Scope } from '@junheng/event-store';
import { RuleViolation } from '@junheng/kernel';
import { DataSource, type EntityManager } from 'typeorm';

/** Which generation of the read models answers queries, and how far it has come. */
export interface ReadModels {
  /** The schema of the live generation, such as `read_3`. */
  schema(): Promise<string>;
  /** How far the live generation has read the tenant's ledger; 0 before its first event. */
  position(tenant: string): Promise<number>;
  /** Forgets what it remembers of the live generation. */
  refresh(): void;
}

export interface ReadDatabase {
  readonly url: string;
  readonly entities: readonly (new () => object)[];
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
}

/** A position that rows must contain. */
export interface Freshness {
  readonly tenant: string;
  readonly position: number;
}

const REGION = /^(?:-|(?:\d{2}){0,3})$/;
const SCHOOL = /^\d{10}$/;
const SCHEMA = /^read_\d{1,9}$/;
const LONGEST_WAIT_MS = 2_000;

/** The one way to the read models: read only, at one instant, and no further than the scope reaches. */
export class TenantTransaction {
  readonly #source: DataSource;
  #connected: Promise<unknown> | undefined;

  constructor(
    private readonly database: ReadDatabase,
    private readonly readModels: ReadModels,
  ) {
    this.#source = new DataSource({
      type: 'postgres',
      url: database.url,
      entities: [...database.entities],
      synchronize: false,
      installExtensions: false,
      poolSize: database.poolSize,
      applicationName: 'junheng-read',
    });
  }

  async run<T>(scope: Scope, use: (manager: EntityManager) => Promise<T>, atLeast?: Freshness | null): Promise<T> {
    if (atLeast) await this.#wait(scope, atLeast);
    await this.#connect();
    try {
      return await this.#once(scope, use);
    } catch (error) {
      // The generation was switched and dropped between our look and the query.
      if (!isUndefinedTable(error)) throw error;
      this.readModels.refresh();
      return this.#once(scope, use);
    }
  }

  /** Whether the database answers. */
  async ping(): Promise<void> {
    await this.#connect();
    await this.#source.query('SELECT 1');
  }

  async close(): Promise<void> {
    if (this.#source.isInitialized) await this.#source.destroy();
  }

  // A database that is not up yet must not be remembered as broken.
  async #connect(): Promise<void> {
    this.#connected ??= this.#source.initialize();
    await this.#connected.catch((error: unknown) => {
      this.#connected = undefined;
      throw error;
    });
  }

  async #once<T>(scope: Scope, use: (manager: EntityManager) => Promise<T>): Promise<T> {
    const opening = opens(scope, await this.readModels.schema(), this.database.statementTimeoutMs);
    const runner = this.#source.createQueryRunner();
    try {
      await runner.query(opening);
      const result = await use(runner.manager);
      await runner.query('COMMIT');
      return result;
    } catch (error) {
      await runner.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  async #wait(scope: Scope, { tenant, position }: Freshness): Promise<void> {
    if (!tenant.startsWith(scope.region)) throw new RuleViolation('FORBIDDEN', 'That lies outside of your scope.');
    const deadline = Date.now() + LONGEST_WAIT_MS;
    for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, 100)) {
      const reached = await this.readModels.position(tenant);
      if (reached >= position) return;
      if (Date.now() + pauseMs > deadline) {
        const message = `The figures are behind: they contain position ${reached}, you asked for ${position}.`;
        throw new RuleViolation('BEHIND', message, { wanted: position, reached, remedy: 'Ask again in a moment.' });
      }
      await pause(pauseMs);
    }
  }
}

/** `set_config()` with parameters would not reach Citus workers, so these are literals, and every one is checked. */
function opens({ region, school = '' }: Scope, schema: string, statementTimeoutMs: number): string {
  if (!REGION.test(region)) throw new Error('A scope needs a region code.');
  if (school !== '' && !SCHOOL.test(school)) throw new Error('A scope needs a school code of ten digits.');
  if (!SCHEMA.test(schema)) throw new Error('A generation needs a schema.');
  return [
    'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
    `SET LOCAL junheng.region = '${region}'`,
    `SET LOCAL junheng.school = '${school}'`,
    `SET LOCAL search_path = ${schema}`,
    `SET LOCAL statement_timeout = ${Math.trunc(statementTimeoutMs)}`,
  ].join('; ');
}

const isUndefinedTable = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['42P01', '3F000'].includes(String(error.code));
