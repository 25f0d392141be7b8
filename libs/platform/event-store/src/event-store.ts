import type { Decider, Message } from '@junheng/kernel';
import type { Pool } from 'pg';
import type { Decision, DecisionOptions } from './decision.js';
import type { Receipt, RecordedEvent, Scope, Who } from './ledger.js';
import type { StoreObserver } from './store-observer.js';
import type { Upcasts } from './upcast.js';

export interface EventStoreOptions {
  readonly upcasts?: Upcasts;
  readonly observer?: StoreObserver;
  /** Group commits in flight at once. */
  readonly lanes?: number;
  readonly groupLimit?: number;
  readonly cachedStreams?: number;
}

export interface HandleRequest<C extends Message> extends DecisionOptions {
  readonly tenant: string;
  readonly category: string;
  readonly id: string;
  readonly command: C;
  readonly who: Who;
  readonly commandId: string;
}

export class EventStore {
  constructor(
    readonly pool: Pool,
    readonly options: EventStoreOptions = {},
  ) {}

  /** Load, fold, decide, append. The same command id again gives the first receipt, or the first refusal. */
  handle<S, C extends Message, E extends Message>(
    _decider: Decider<S, C, E>,
    _request: HandleRequest<C>,
  ): Promise<Receipt> {
    throw new Error('not yet');
  }

  /** Several streams of one tenant, all or nothing. */
  handleAll(
    _tenant: string,
    _decisions: readonly Decision[],
    _who: Who,
    _commandId: string,
  ): Promise<readonly Receipt[]> {
    throw new Error('not yet');
  }

  /** The folded stream; fresh, or from the cache when that is known to be no older than the tenant's position `atLeast`. */
  load<S, C extends Message, E extends Message>(
    _decider: Decider<S, C, E>,
    _tenant: string,
    _category: string,
    _id: string,
    _scope: Scope,
    _atLeast?: number,
  ): Promise<{ readonly state: S; readonly version: number }> {
    throw new Error('not yet');
  }

  /** A tenant's events from position `from` on, upcast, in order. */
  events(_tenant: string, _page: { readonly from: number; readonly limit: number }): Promise<RecordedEvent[]> {
    throw new Error('not yet');
  }

  /** The tenant's last position; undefined when it has no ledger. */
  head(_tenant: string): Promise<number | undefined> {
    throw new Error('not yet');
  }

  /** Opens ledgers for tenants that have none. */
  openTenants(_tenants: readonly string[]): Promise<void> {
    throw new Error('not yet');
  }
}
