export {
  countyCondition,
  type CountyConditionRecorded,
  type CountyConditionState,
  type RecordCountyCondition,
} from './county-condition.decider.js';
export {
  type RecordShortfalls,
  shortfall,
  type ShortfallItem,
  type ShortfallRecorded,
  type ShortfallState,
} from './shortfall.decider.js';
export {
  adoptionInForce,
  type AdoptionPeriod,
  type AdoptionState,
  type StandardAdopted,
  standardAdoption,
  type StandardAdoptionCommand,
  type StandardAdoptionEnded,
  type StandardAdoptionEvent,
} from './standard-adoption.decider.js';
export {
  type PublicationState,
  type PublishStandard,
  standardPublication,
  type StandardPublished,
} from './standard-publication.decider.js';
