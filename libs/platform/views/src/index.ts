export type { Generation } from './generation.js';
export { lag, type TenantLag } from './lag.js';
export { LiveGeneration } from './live-generation.js';
export { migrateViews } from './migrate-views.js';
export { Projector, type ProjectorOptions } from './projector.js';
export { type ReadModel, readModelOf } from './read-table.js';
export type { RunnerObserver } from './runner.js';
export type { Pass } from './tenant-pass.js';
export { ViewCatalogue } from './view-catalogue.js';
export {
  type Derivation,
  derivation,
  type DerivationDefinition,
  type DerivedRows,
  type EntityClass,
  type Folding,
  type Key,
  type Read,
  type View,
  view,
  type ViewDefinition,
} from './view.js';
