import type { Upcasts } from '@junheng/event-store';
import type { Pool } from 'pg';
import { EventReader } from './event-reader.js';
import { type Generation, Generations } from './generation.js';
import { lag, type TenantLag } from './lag.js';
import { type ReadModel, readModelOf } from './read-table.js';
import { Runner, type RunnerObserver, type RunnerOptions } from './runner.js';
import { TenantPass } from './tenant-pass.js';
import type { ViewCatalogue } from './view-catalogue.js';
import { WorkingSets } from './working-sets.js';

export interface ProjectorOptions extends Partial<RunnerOptions> {
  readonly upcasts?: Upcasts;
  readonly observer?: RunnerObserver;
  /** Rows that the process remembers between batches. */
  readonly rememberedRows?: number;
  /** Events read, and rows kept unwritten, at a time. */
  readonly batchEvents?: number;
}

/** The read side of a deployment: keeps its views, rebuilds them, and says how far they are. */
export class Projector {
  readonly #generations: Generations;
  readonly #pass: TenantPass;
  readonly #runner: Runner;

  /** The pool signs in as `junheng_projector` and has more connections than twice the lanes. */
  static async of(pool: Pool, catalogue: ViewCatalogue, options: ProjectorOptions = {}): Promise<Projector> {
    return new Projector(pool, await readModelOf(catalogue), options);
  }

  constructor(
    readonly pool: Pool,
    readonly model: ReadModel,
    {
      lanes = 2,
      graceSeconds = 600,
      upcasts = {},
      observer = {},
      rememberedRows = 4000,
      batchEvents = 1000,
    }: ProjectorOptions = {},
  ) {
    const types = model.catalogue.views.flatMap(({ on }) => [...on.keys()]);
    this.#generations = new Generations(pool, model);
    const memory = { workingSets: new WorkingSets(rememberedRows), batchEvents };
    this.#pass = new TenantPass(model, new EventReader(types, upcasts), memory);
    this.#runner = new Runner(this.#generations, this.#pass, { lanes, graceSeconds });
    this.#runner.observer = observer;
  }

  start(): void {
    // A connection that dies while it is idle has nobody to tell; the next round gets a new one.
    // Besides the query that fails, the connection itself says so; without a listener that would end the process.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
    this.pool.on('error', (error) => this.#runner.observer.failed?.(error));
    this.#runner.start();
  }

  stop(): Promise<void> {
    return this.#runner.stop();
  }

  wake(): void {
    this.#runner.wake();
  }

  /** Folds what there is and returns, instead of staying on. */
  catchUp(): Promise<void> {
    return this.#runner.catchUp();
  }

  /** Begins a new generation of the same views; the running projectors fill it and switch to it. */
  rebuild(): Promise<Generation> {
    return this.#generations.create();
  }

  /** Folds one tenant anew inside the live generation; readers see all of the old rows or all of the new. */
  async rebuildTenant(tenant: string): Promise<number> {
    const generation = (await this.#generations.mine()).findLast(({ status }) => status === 'live');
    if (!generation) throw new Error('No generation of these views is live.');
    const client = await this.pool.connect();
    let broken = true;
    try {
      const position = await this.#pass.rebuild(client, generation, tenant);
      broken = false;
      return position;
    } finally {
      client.release(broken);
    }
  }

  /** Tries a stopped tenant again at once. */
  async retry(tenant: string): Promise<void> {
    await this.pool.query(`UPDATE view.checkpoint SET retry_after = NULL WHERE tenant_id = $1`, [tenant]);
    this.wake();
  }

  lag(): Promise<TenantLag[]> {
    return lag(this.pool);
  }
}
