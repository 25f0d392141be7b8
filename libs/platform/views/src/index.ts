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
export { ViewCatalogue } from './view-catalogue.js';
