import type { Decider, Message } from '@junheng/kernel';
import type { Pool } from 'pg';
import type { Append, AppendResult } from './append.js';
import { appendLane } from './append-lane.js';
import { type Decision, decision, type DecisionOptions } from './decision.js';
import type { GroupLane } from './group-lane.js';
import type { Receipt, RecordedEvent, Scope, Who } from './ledger.js';
import { openTenants, readEvents, readHead } from './ledger-reader.js';
import { scopeExceeded, settle } from './outcome.js';
import { type Envelope, foldOn, propose, streamOf, toAppend } from './proposal.js';
import type { StoreObserver } from './store-observer.js';
import { type AnyDecider, type StreamState, StreamStates } from './stream-states.js';
import { Turns } from './turns.js';
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

export interface AppendRequest {
  readonly tenant: string;
  readonly streams: readonly (Omit<Decision, 'decider'> & { readonly events: readonly Message[] })[];
  readonly who: Who;
  readonly commandId: string;
}

type Deciding = Omit<Envelope, 'decisions'> & { readonly decisions: readonly Decision[] };

const RETRIES = 3;

/** The write side. The pool connects as `junheng_app`, whose only way to write is the function `ledger.append`. */
export class EventStore {
  private readonly lane: GroupLane<Append, AppendResult>;
  private readonly streams: StreamStates;
  private readonly turns = new Turns();
  private readonly upcasts: Upcasts;
  private readonly observer: StoreObserver;

  constructor(
    private readonly pool: Pool,
    options: EventStoreOptions = {},
  ) {
    const { upcasts = {}, observer = {}, lanes = 2, groupLimit = 64, cachedStreams = 5_000 } = options;
    this.upcasts = upcasts;
    this.observer = observer;
    this.lane = appendLane(pool, { lanes, groupLimit, observer });
    this.streams = new StreamStates(pool, { upcasts, observer, cachedStreams });
  }

  /** Load, fold, decide, append. The same command id again gives the first receipt, or the first refusal. */
  async handle<S, C extends Message, E extends Message>(
    decider: Decider<S, C, E>,
    { tenant, category, id, command, who, commandId, expectedVersion, claims }: HandleRequest<C>,
  ): Promise<Receipt> {
    const only = decision(decider, category, id, command, expectedVersion, claims);
    const [receipt] = await this.handleAll(tenant, [only], who, commandId);
    return receipt as Receipt;
  }

  /** Several streams of one tenant, all or nothing. */
  async handleAll(
    tenant: string,
    decisions: readonly Decision[],
    who: Who,
    commandId: string,
  ): Promise<readonly Receipt[]> {
    const keys = decisions.map(({ category, id }) => `${tenant}/${streamOf(category, id)}`);
    return this.turns.run(keys, () => this.decide({ tenant, decisions, who, commandId }));
  }

  private async decide(envelope: Deciding): Promise<readonly Receipt[]> {
    const { tenant, decisions } = envelope;
    const patient = decisions.every(({ expectedVersion }) => expectedVersion === undefined);
    for (let conflicts = 0, cached = true; ; cached = false) {
      const known = cached ? this.cached(envelope) : undefined;
      const states = known ?? (await this.fresh(envelope));
      const proposal = propose(decisions, states);
      // What is kept may be behind: it may lead to a proposal that the ledger checks, never to an answer.
      if (known && proposal.kind !== 'events') continue;
      const result = await this.lane.submit(
        toAppend(
          envelope,
          proposal,
          states.map(({ version }) => version),
          this.upcasts,
        ),
      );
      if (result.outcome === 'appended') {
        foldOn(states, proposal, result.position).forEach((state, index) => {
          const { category, id } = decisions[index] as Decision;
          this.streams.keep(tenant, streamOf(category, id), state);
        });
      }
      if (result.outcome === 'conflict' && patient && conflicts < RETRIES) {
        conflicts += 1;
        this.observer.conflicted?.(decisions.map(({ category }) => category).join(' '));
        continue;
      }
      if (result.outcome === 'refused' && proposal.kind === 'refusal') throw proposal.violation;
      return settle(
        result,
        decisions.map(({ id }) => id),
      );
    }
  }

  private cached({ tenant, decisions }: Deciding): readonly StreamState[] | undefined {
    const states = decisions.map(({ decider, category, id }) => {
      return this.streams.cached(decider, tenant, streamOf(category, id));
    });
    return states.every((state) => state !== undefined) ? states : undefined;
  }

  private fresh({ tenant, decisions, who }: Deciding): Promise<readonly StreamState[]> {
    return Promise.all(
      decisions.map(({ decider, category, id }) =>
        this.streams.fresh(decider, tenant, streamOf(category, id), who.scope),
      ),
    );
  }

  /** Appends what was decided elsewhere, past every decider: for bulk loads and measurements. */
  async append({ tenant, streams, who, commandId }: AppendRequest): Promise<readonly Receipt[]> {
    const events = streams.map((stream) => stream.events);
    const versions = streams.map(({ expectedVersion }) => expectedVersion);
    const envelope = { tenant, decisions: streams, who, commandId };
    const result = await this.lane.submit(toAppend(envelope, { kind: 'events', events }, versions, this.upcasts));
    return settle(
      result,
      streams.map(({ id }) => id),
    );
  }

  /** The folded stream; fresh, or from the cache when that is known to be no older than the tenant's position `atLeast`. */
  async load<S, C extends Message, E extends Message>(
    decider: Decider<S, C, E>,
    tenant: string,
    category: string,
    id: string,
    scope: Scope,
    atLeast?: number,
  ): Promise<{ readonly state: S; readonly version: number }> {
    if (!covers(scope, tenant, id)) throw scopeExceeded();
    const rules = decider as unknown as AnyDecider;
    const stream = streamOf(category, id);
    const cached = this.streams.cached(rules, tenant, stream);
    const recent = cached && atLeast !== undefined && cached.asOf >= atLeast ? cached : undefined;
    const { state, version } = recent ?? (await this.streams.fresh(rules, tenant, stream, scope));
    return { state: state as S, version };
  }

  /** A tenant's events from position `from` on, upcast, in order. */
  events(tenant: string, page: { readonly from: number; readonly limit: number }): Promise<RecordedEvent[]> {
    return readEvents(this.pool, tenant, page, this.upcasts);
  }

  /** The tenant's last position; undefined when it has no ledger. */
  head(tenant: string): Promise<number | undefined> {
    return readHead(this.pool, tenant);
  }

  /** Opens ledgers for tenants that have none. */
  openTenants(tenants: readonly string[]): Promise<void> {
    return openTenants(this.pool, tenants);
  }
}

// The first wall; the second is in SQL.
function covers({ region, school }: Scope, tenant: string, id: string): boolean {
  return tenant.startsWith(region) && (!school || id.split('-', 1)[0] === school);
}
