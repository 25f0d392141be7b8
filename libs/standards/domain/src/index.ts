export type {
  AssessmentOptions,
  Completeness,
  CompositeAssessment,
  ConditionOutcome,
  CountyAssessment,
  Decimal,
  Gap,
  GapUnit,
  IndicatorAssessment,
  Interval,
  LineOutcome,
  Measured,
  MeasureStatus,
  MissingUnit,
  PublishedAssessment,
  PublishedRow,
  RecordedShortfall,
  SchoolAssessment,
  StageAssessment,
  UnitAssessment,
  Verdict,
} from './assessment.js';
export { builtInStandard, builtInStandards } from './built-in.js';
export { canonicalJson, contentHash } from './canonical-json.js';
export { cnBasic2012 } from './cn-basic-2012.js';
export { cnQuality2017 } from './cn-quality-2017.js';
export {
  type Dispersion,
  dispersion,
  meanOfRoots,
  meanOfRootsIsWithin,
  rootIsWithin,
  roundedRoot,
  type Weighted,
} from './coefficient-of-variation.formula.js';
export { consolidationRate, type ConsolidationReading, type Intake } from './consolidation-rate.formula.js';
export { assessCounty } from './county-assessment.formula.js';
export { conditionOutcomes, countyVerdict, figureVerdict } from './county-verdict.formula.js';
export { type Figure, type Figures, type SchoolFigures, stageField, type StageUnitFigures } from './figures.js';
export { gansu } from './gansu.js';
export { lineGap, normGaps, withRecorded } from './gap.formula.js';
export { growth } from './growth.formula.js';
export { hubei2012 } from './hubei-2012.js';
export { type Bounds, cvBounds, type CvBounds } from './interval.formula.js';
export { isIncluded } from './measured-unit.formula.js';
export { parseStandard } from './parse-standard.js';
export { assessPublished } from './published-cv.formula.js';
export { figuresBehind, ratio, resource, sharedFigure } from './ratio.formula.js';
export { allOf, itemsVerdict, lineOutcome, linesVerdict, normsVerdict } from './school-verdict.formula.js';
export { split, stageUnits } from './split.formula.js';
export { totalOf } from './total.formula.js';
export type {
  Balance,
  Certainty,
  Condition,
  EvaluatedStage,
  Inclusion,
  Indicator,
  ItemGroup,
  Norm,
  SchoolRule,
  Standard,
  Term,
} from './standard.js';
export { evaluatedStages } from './standard.js';
