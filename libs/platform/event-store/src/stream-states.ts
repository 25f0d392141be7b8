import { type Decider, fold, type Message } from '@junheng/kernel';
import type { Pool } from 'pg';
import { toRegion } from './append.js';
import { GroupLane } from './group-lane.js';
import type { Scope } from './ledger.js';
import type { StoreObserver } from './store-observer.js';
import { upcast, type Upcasts } from './upcast.js';

export type AnyDecider = Decider<unknown, Message, Message>;

/** A stream folded by one decider, as it was when the tenant's head was `asOf`. */
export interface StreamState {
  readonly decider: AnyDecider;
  readonly state: unknown;
  readonly version: number;
  readonly asOf: number;
}

interface Missing {
  readonly tenant: string;
  readonly stream: string;
  readonly after: number;
  readonly scope: Scope;
}

type Found = [head: number, version: number, events: [type: string, version: number, data: Record<string, unknown>][]];

export interface StreamStatesOptions {
  readonly upcasts: Upcasts;
  readonly observer: StoreObserver;
  readonly cachedStreams: number;
}

/** Folded streams, the least recently used forgotten first. What is kept may be behind the ledger, never ahead of it. */
export class StreamStates {
  private readonly kept = new Map<string, StreamState>();
  private readonly lane: GroupLane<Missing, Found>;

  constructor(
    pool: Pool,
    private readonly options: StreamStatesOptions,
  ) {
    this.lane = new GroupLane({ lanes: 2, limit: 128, send: (missing) => read(pool, missing, options.observer) });
  }

  cached(decider: AnyDecider, tenant: string, stream: string): StreamState | undefined {
    const found = this.kept.get(`${tenant}/${stream}`);
    return found?.decider === decider ? found : undefined;
  }

  /** Reads what has been added since, and folds it on. */
  async fresh(decider: AnyDecider, tenant: string, stream: string, scope: Scope): Promise<StreamState> {
    const known = this.cached(decider, tenant, stream) ?? { decider, state: decider.initial, version: 0, asOf: 0 };
    const [asOf, version, events] = await this.lane.submit({ tenant, stream, after: known.version, scope });
    const newer = events.map(([type, typeVersion, data]) => ({
      ...upcast(this.options.upcasts, type, { typeVersion, data }).data,
      type,
    }));
    const current = { decider, state: fold(decider, newer, known.state), version, asOf };
    this.keep(tenant, stream, current);
    return current;
  }

  keep(tenant: string, stream: string, current: StreamState): void {
    const key = `${tenant}/${stream}`;
    const kept = this.kept.get(key);
    if (kept?.decider === current.decider && kept.version > current.version) return;
    this.kept.delete(key);
    this.kept.set(key, current);
    const [oldest] = this.kept.keys();
    if (this.kept.size > this.options.cachedStreams && oldest !== undefined) this.kept.delete(oldest);
  }
}

async function read(pool: Pool, missing: readonly Missing[], observer: StoreObserver): Promise<readonly Found[]> {
  const began = performance.now();
  const streams = missing.map(({ tenant, stream, after, scope }, index) => {
    return { n: index, tenant, stream, after, region: toRegion(scope), school: scope.school };
  });
  const { rows } = await pool.query<{ found: Found[] }>({
    name: 'ledger.read_streams',
    text: 'SELECT ledger.read_streams($1) AS found',
    values: [JSON.stringify(streams)],
  });
  observer.loaded?.({ size: missing.length, milliseconds: performance.now() - began });
  return rows[0]?.found ?? [];
}
