import type { ClientBase } from 'pg';
import { type Checkpoint, lockCheckpoint, moveCheckpoint, park } from './checkpoint.js';
import { derive, deriveAll, flush } from './derive.js';
import type { EventReader } from './event-reader.js';
import type { Generation } from './generation.js';
import type { ReadModel } from './read-table.js';
import { RowStore } from './row-store.js';
import { isPoison, ViewFailure } from './view-failure.js';
import { type Foldings, foldingsOf, WorkingSet } from './working-set.js';
import type { WorkingSets } from './working-sets.js';

/** What one transaction did for one tenant. */
export interface Pass {
  readonly events: number;
  readonly outcome: 'caught-up' | 'behind' | 'stopped' | 'taken';
}

// While nobody reads, more events go into one transaction, so that a row they touch often is written once.
const BATCHES_WHILE_BUILDING = 10;

/** Folds a tenant's new events into one generation: rows and checkpoint move in one transaction. */
export class TenantPass {
  readonly #foldings: Foldings;

  constructor(
    readonly model: ReadModel,
    readonly reader: EventReader,
    readonly memory: { readonly workingSets: WorkingSets; readonly batchEvents: number },
  ) {
    this.#foldings = foldingsOf(model.tables);
  }

  /** Applies as many events as can be; one that cannot be stops the tenant right before it. */
  async run(client: ClientBase, generation: Generation, tenant: string, limit = Infinity): Promise<Pass> {
    const checkpoint = await lockCheckpoint(client, generation, tenant, 'skip');
    if (!checkpoint) {
      await client.query('ROLLBACK');
      return { events: 0, outcome: 'taken' };
    }
    const store = new RowStore(client, generation.schema, tenant);
    const set = this.memory.workingSets.take(store, checkpoint);
    const most = this.memory.batchEvents * (checkpoint.derived ? 1 : BATCHES_WHILE_BUILDING);
    const until = Math.min(checkpoint.head, checkpoint.position + Math.min(limit, most));
    try {
      await this.#apply(store, set, checkpoint, until);
      await moveCheckpoint(client, generation, tenant, { position: until, derived: derivedAt(checkpoint, until) });
    } catch (error) {
      await client.query('ROLLBACK');
      if (!isPoison(error)) throw error;
      return this.#isolate(store, generation, error, checkpoint, until);
    }
    this.memory.workingSets.give(store, set);
    return { events: until - checkpoint.position, outcome: until < checkpoint.head ? 'behind' : 'caught-up' };
  }

  /** Empties the tenant's rows and folds them anew; readers see the old rows until all the new ones are there. */
  async rebuild(client: ClientBase, generation: Generation, tenant: string): Promise<number> {
    const locked = await lockCheckpoint(client, generation, tenant, 'wait');
    try {
      if (!locked) throw new Error(`Generation ${generation.number} has not met tenant ${tenant} yet.`);
      const store = new RowStore(client, generation.schema, tenant);
      for (const table of this.model.tables) await store.clear(table);
      const checkpoint = { ...locked, position: 0, rebuilds: locked.rebuilds + 1, derived: false };
      await this.#apply(store, new WorkingSet(0, checkpoint.rebuilds), checkpoint, locked.head);
      await moveCheckpoint(client, generation, tenant, { ...checkpoint, position: locked.head, derived: true });
      return locked.head;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    }
  }

  async #apply(store: RowStore, set: WorkingSet, checkpoint: Checkpoint, until: number): Promise<void> {
    const { batchEvents, workingSets } = this.memory;
    while (set.position < until) {
      const limit = Math.min(batchEvents, until - set.position);
      const events = await this.reader.read(store.client, store.tenant, set.position, limit);
      if (events.length === 0)
        throw new ViewFailure('CORRUPT_GAP', 'The ledger ends before its head.', { position: set.position + 1 });
      await set.fold(events, this.#foldings, store);
      if (checkpoint.derived || set.changed < batchEvents) continue;
      await flush(store, set.takeChanges());
      workingSets.trim(set);
    }
    const changes = set.takeChanges();
    await flush(store, changes);
    if (checkpoint.derived) await derive(this.model, store, changes);
    else if (derivedAt(checkpoint, until)) await deriveAll(this.model, store, set);
  }

  /** Applies what comes before the poison, which is halved out where nothing tells its position; then stops the tenant. */
  async #isolate(
    store: RowStore,
    generation: Generation,
    error: unknown,
    checkpoint: Checkpoint,
    until: number,
  ): Promise<Pass> {
    const { client, tenant } = store;
    const position = error instanceof ViewFailure ? error.position : undefined;
    const sound = position === undefined ? until - checkpoint.position : 2 * (position - 1 - checkpoint.position);
    if (sound > 1) return this.run(client, generation, tenant, Math.floor(sound / 2));

    const locked = await lockCheckpoint(client, generation, tenant, 'skip');
    const moved = locked?.position !== checkpoint.position;
    if (locked && !moved) await park(client, generation, tenant, { checkpoint: locked, error });
    else await client.query('ROLLBACK');
    return { events: 0, outcome: moved ? 'taken' : 'stopped' };
  }
}

const derivedAt = ({ derived, head }: Checkpoint, position: number): boolean => derived || position >= head;
