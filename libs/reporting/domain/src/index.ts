export type * from './annual-return-commands.js';
export { annualReturn } from './annual-return.decider.js';
export { annualReturnForm } from './annual-return.form.js';
export { type AnnualReturnState, enteredFigures } from './annual-return-state.js';
export {
  campaign,
  type CampaignCommand,
  campaignId,
  type CampaignState,
  type CloseCampaign,
  isInScope,
  type KnownCampaign,
  type MoveDeadline,
  type OpenCampaign,
  type SealSnapshot,
} from './campaign.decider.js';
export { check, checkCounty, type CountedReturn, isExplained } from './check.formula.js';
export { type Difference, difference } from './difference.formula.js';
export { parseFigure, type RawFigure, sameFigure } from './figure.js';
export { type Asked, askedFields, bySection, formIndex, isAsked, type PlacedField } from './form-index.js';
export { formFaults } from './form-faults.js';
export { outliers, type PeerReturn } from './outlier.formula.js';
export { isReopened, type Lockable, lockOf } from './return-lock.js';
export { factsOn, schoolHistory, type SchoolHistory } from './school-facts.js';
