import { setTimeout as pause } from 'node:timers/promises';
import type { Scope } from '@junheng/event-store';
import { RuleViolation } from '@junheng/kernel';
import { DataSource, type EntityManager } from 'typeorm';

/** Which generation of the read models answers queries; `LiveGeneration` of @junheng/views is one. */
export interface ReadModels {
  /** The schema of the live generation, such as `read_3`; undefined until there is a first one. */
  schema(): Promise<string | undefined>;
}

export interface ReadDatabase {
  /** Signs in as the role that only reads and that row-level security binds. */
  readonly url: string;
  readonly entities: readonly (new () => object)[];
  readonly poolSize?: number;
  readonly statementTimeoutMs?: number;
}

/** A position that the rows must contain: the receipt of one's own command. */
export interface Freshness {
  readonly tenant: string;
  readonly position: number;
}

const REGION = /^(?:\d{2}){1,3}$/;
const SCHOOL = /^\d{10}$/;
const SCHEMA = /^read_\d{1,9}$/;
const LONGEST_WAIT_MS = 2_000;

/** The one way to the read models: read only, at one instant, and no further than the scope reaches. */
export class TenantTransaction {
  readonly #source: DataSource;
  readonly #timeoutMs: number;
  #connected: Promise<unknown> | undefined;

  constructor(
    database: ReadDatabase,
    private readonly readModels: ReadModels,
  ) {
    this.#timeoutMs = Math.trunc(database.statementTimeoutMs ?? 10_000);
    this.#source = new DataSource({
      type: 'postgres',
      url: database.url,
      entities: [...database.entities],
      synchronize: false,
      installExtensions: false,
      poolSize: database.poolSize ?? 10,
      applicationName: 'junheng-read',
      connectTimeoutMS: 5_000,
    });
  }

  /** Runs `use` on what `scope` may see. With `atLeast` it waits up to 2 s for that position, then refuses with `BEHIND`. */
  async run<T>(scope: Scope, use: (manager: EntityManager) => Promise<T>, atLeast?: Freshness | null): Promise<T> {
    await this.#connect();
    if (!atLeast) return this.#once(scope, use);
    if (!REGION.test(atLeast.tenant) || !atLeast.tenant.startsWith(scope.region)) throw outside();
    const deadline = Date.now() + LONGEST_WAIT_MS;
    for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, 100)) {
      const attempt = await this.#once(scope, async (manager) => {
        const reached = await position(manager, atLeast.tenant);
        return reached < atLeast.position ? { reached } : { reached, result: await use(manager) };
      });
      if ('result' in attempt) return attempt.result;
      if (Date.now() + pauseMs > deadline) throw behind(atLeast.position, attempt.reached);
      await pause(pauseMs);
    }
  }

  /** Changes whenever a row within the scope may have: the generation, and how far it has folded each tenant. */
  async stamp(scope: Scope): Promise<string> {
    await this.#connect();
    return this.#once(scope, readStamp);
  }

  /** Throws unless the database answers. */
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
    const schema = await this.readModels.schema();
    if (schema === undefined) throw new RuleViolation('BEHIND', 'The figures are being computed for the first time.');
    const opening = opens(scope, schema, this.#timeoutMs);
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
}

/** One message. `set_config()` with parameters would not reach Citus workers, so these are literals, each of them checked. */
function opens({ region, school }: Scope, schema: string, timeoutMs: number): string {
  if (!SCHEMA.test(schema)) throw new Error('A generation needs a schema.');
  return [
    'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
    `SET LOCAL junheng.region = '${regionSetting(region)}'`,
    `SET LOCAL junheng.school = '${schoolSetting(school)}'`,
    `SET LOCAL search_path = ${schema}`,
    `SET LOCAL statement_timeout = ${timeoutMs}`,
  ].join('; ');
}

// An empty setting is what a connection without a scope has, so the whole country needs a word of its own.
function regionSetting(region: string): string {
  if (region === '') return '*';
  if (region === '-' || REGION.test(region)) return region;
  throw new Error('A scope needs a region code.');
}

function schoolSetting(school: string | undefined): string {
  if (school === undefined) return '';
  if (SCHOOL.test(school)) return school;
  throw new Error('A scope needs a school code of ten digits.');
}

async function position(manager: EntityManager, tenant: string): Promise<number> {
  const rows: { position: string }[] = await manager.query(
    `SELECT position FROM view.checkpoint
     WHERE tenant_id = $1 AND generation = replace(current_schema(), 'read_', '')::int`,
    [tenant],
  );
  return Number(rows[0]?.position ?? 0);
}

// Positions and rebuilds only grow, so equal sums are equal addends.
async function readStamp(manager: EntityManager): Promise<string> {
  const rows: { stamp: string }[] = await manager.query(
    `SELECT concat_ws(' ', current_schema(), count(*), sum(position), sum(rebuilds), count(*) FILTER (WHERE derived))
            AS stamp
     FROM view.checkpoint WHERE generation = replace(current_schema(), 'read_', '')::int`,
  );
  return rows[0]?.stamp ?? '';
}

const outside = () => new RuleViolation('FORBIDDEN', 'That lies outside of what you may see.');

const behind = (wanted: number, reached: number) =>
  new RuleViolation('BEHIND', `The figures contain position ${reached}, not yet ${wanted}.`, {
    wanted,
    reached,
    remedy: 'Ask again in a moment.',
  });
