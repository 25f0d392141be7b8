/** What a caller may see: a region's prefix (`''` is the whole country, `'-'` no tenant at all), perhaps one school of it. */
export interface Scope {
  readonly region: string;
  readonly school?: string;
}

/** Who sends a command, and why. Account ids only: no name ever enters the ledger. */
export interface Who {
  readonly actor: string;
  readonly role: string;
  readonly scope: Scope;
  readonly correlationId: string;
  readonly onBehalfOf?: string;
  readonly reason?: string;
  readonly client?: string;
  readonly causationId?: string;
}

/** What is kept of {@link Who} beside an event. */
export type EventMeta = Omit<Who, 'scope'>;

/** The answer to a command: the stream's own id, its version, and the position in the tenant that shows the change. */
export interface Receipt {
  readonly id: string;
  readonly version: number;
  readonly position: number;
}

export interface RecordedEvent<Data = Record<string, unknown>> {
  readonly tenant: string;
  /** Order over all streams of one tenant: dense, from 1. */
  readonly position: number;
  readonly stream: string;
  /** Order inside one stream: dense, from 1. */
  readonly version: number;
  readonly type: string;
  readonly typeVersion: number;
  /** The event without its `type`, in its newest form. */
  readonly data: Data;
  readonly meta: EventMeta;
  readonly commandId: string;
  /** ISO 8601 in UTC, with microseconds. */
  readonly recordedAt: string;
}

/** A key that only one stream of the whole country may hold. */
export interface Claim {
  readonly namespace: string;
  readonly key: string;
  /** The tenant that gives the key up to this stream. */
  readonly takenFrom?: string;
}
