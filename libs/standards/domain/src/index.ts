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
export { canonicalJson, contentHash } from './canonical-json.js';
export { assessCounty } from './county-assessment.formula.js';
export { type Figure, type Figures, type SchoolFigures, stageField, type StageUnitFigures } from './figures.js';
export { stageUnits } from './split.formula.js';
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
