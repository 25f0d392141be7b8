export { decision, type Decision, type DecisionOptions } from './decision.js';
export { type AppendRequest, EventStore, type EventStoreOptions, type HandleRequest } from './event-store.js';
export type { Claim, EventMeta, Receipt, RecordedEvent, Scope, Who } from './ledger.js';
export { migrate } from './migrate.js';
export { Conflict } from './outcome.js';
export type { StoreObserver } from './store-observer.js';
export { upcast, type Upcast, type Upcasts } from './upcast.js';
