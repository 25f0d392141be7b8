import type { SchoolCode, SchoolType, Sponsor, Stage } from '@junheng/register-contract';

/** `incomplete`: what is known decides neither way. It never counts as passed. */
export type Verdict = 'pass' | 'fail' | 'incomplete';

/** Decimal text: twelve decimals at most, halves rounded away from zero. Verdicts are never taken from it. */
export type Decimal = string;

/** 县域评估 under one standard. Plain JSON. */
export interface CountyAssessment {
  readonly standard: { readonly id: string; readonly version: string };
  readonly verdict: Verdict;
  /** What the verdict rests on: the balance of each stage and every condition of the standard. */
  readonly conditions: readonly ConditionOutcome[];
  readonly stages: readonly StageAssessment[];
  readonly units: readonly UnitAssessment[];
  readonly schools: readonly SchoolAssessment[];
  readonly gaps: readonly Gap[];
}

export interface StageAssessment {
  readonly stage: Stage;
  /** Pupils of the units that are counted in the balance. */
  readonly pupils: Decimal;
  readonly completeness: Completeness;
  readonly indicators: readonly IndicatorAssessment[];
  readonly composite: CompositeAssessment | null;
  /** Whether the standard's limits hold; `null` when the standard sets none or no unit is counted. */
  readonly balance: Verdict | null;
  /** Some coefficient that decides is so near its limit that a rounded print would say something else. */
  readonly borderline: boolean;
}

export interface Completeness {
  readonly expected: number;
  readonly reported: number;
  readonly missing: readonly SchoolCode[];
}

export interface IndicatorAssessment extends Measured {
  readonly indicator: string;
  /** The standard's limit on this coefficient; `null` when only the composite is limited. */
  readonly limit: Decimal | null;
  /** Exact; `null` when undefined, not yet known, or not limited. */
  readonly within: boolean | null;
  readonly borderline: boolean;
  /** Units that were counted, and schools whose figure is unknown. */
  readonly units: number;
  readonly missing: readonly SchoolCode[];
}

/** `undefined`: the mean is zero. `not-applicable`: no unit with pupils. `incomplete`: see `interval`. */
export type MeasureStatus = 'known' | 'incomplete' | 'undefined' | 'not-applicable';

export interface Measured {
  readonly status: MeasureStatus;
  readonly mean: Decimal | null;
  readonly deviation: Decimal | null;
  readonly cv: Decimal | null;
  /** Encloses the true coefficient while figures are missing; `high` is `null` when nothing bounds it. */
  readonly interval: Interval | null;
  /** The same measures of the units that did report, while others are missing. Never a verdict. */
  readonly ofReported: { readonly mean: Decimal; readonly deviation: Decimal; readonly cv: Decimal | null } | null;
}

export interface Interval {
  readonly low: Decimal;
  readonly high: Decimal | null;
}

export interface CompositeAssessment {
  readonly status: MeasureStatus;
  readonly cv: Decimal | null;
  readonly interval: Interval | null;
  readonly limit: Decimal | null;
  readonly within: boolean | null;
  readonly borderline: boolean;
}

/** One row of the table: a stage unit with its value of every indicator. */
export interface UnitAssessment {
  readonly school: SchoolCode;
  readonly stage: Stage;
  readonly pupils: Decimal | null;
  /** Whether the unit enters the coefficients of variation. */
  readonly counted: boolean;
  /** `null`: unknown, or not applicable because there are no pupils. */
  readonly values: Readonly<Record<string, Decimal | null>>;
}

export type LineOutcome = 'reaches' | 'floor' | 'below' | 'unknown';

/** Whether one school (or stage unit, where the standard judges those) meets the standard. */
export interface SchoolAssessment {
  readonly school: SchoolCode;
  /** `null` when the standard judges the school as a whole. */
  readonly stage: Stage | null;
  readonly verdict: Verdict;
  /** By indicator, norm or item group. */
  readonly outcomes: Readonly<Record<string, LineOutcome>>;
}

export type GapUnit =
  'm2' | 'yuan' | 'volumes' | 'sets' | 'persons' | 'rooms' | 'classes' | 'beds' | 'pupils' | (string & {});

/** 差距: what a school lacks of one item, in natural units. */
export interface Gap {
  readonly school: SchoolCode;
  readonly stage: Stage | null;
  /** Id of the indicator or norm; the recorded words when no norm of the standard speaks of them. */
  readonly item: string;
  readonly unit: GapUnit;
  /** "0" when nothing is lacking, `null` when unknown. */
  readonly amount: Decimal | null;
  /** computed: by the standard's formula; recorded: found by the county; unknown: neither. */
  readonly origin: 'computed' | 'recorded' | 'unknown';
  /** What was found on the spot when the formula says something else. */
  readonly conflict: Decimal | null;
  readonly required: Decimal | null;
  readonly actual: Decimal | null;
  /** The figures behind it, by field id; `null` where one is unknown. */
  readonly figures: Readonly<Record<string, string | null>>;
  readonly source: string | null;
}

export interface ConditionOutcome {
  readonly condition: string;
  readonly stage: Stage | null;
  readonly verdict: Verdict;
  /** The figure that was compared, or the evidence named. */
  readonly value: string | boolean | null;
}

/** A school (or one stage of it) that is expected and has no approved figures yet. */
export interface MissingUnit {
  readonly school: SchoolCode;
  readonly stage: Stage;
  /** What it is, so that a standard that leaves out such schools does not wait for it. Unknown: it is waited for. */
  readonly schoolType?: SchoolType;
  readonly sponsor?: Sponsor;
  /** Last year's enrolment as both ends when it is taken as known. */
  readonly pupils: { readonly low: Decimal; readonly high: Decimal };
  /** Narrower bounds for an indicator than the standard's plausible ones. */
  readonly indicators?: Readonly<Record<string, { readonly low: Decimal; readonly high: Decimal }>>;
}

/** 县级核查发现的差距: a shortfall that the county found and recorded. */
export interface RecordedShortfall {
  readonly school: SchoolCode;
  readonly item: string;
  readonly unit: string;
  readonly amount: Decimal | null;
  readonly source: string;
}

export interface AssessmentOptions {
  readonly missing?: readonly MissingUnit[];
  /** By condition id: a figure as decimal text, or whether the evidence was accepted. */
  readonly conditions?: Readonly<Record<string, string | boolean | null>>;
  readonly shortfalls?: readonly RecordedShortfall[];
}

/** County-level figures as printed in a published table. */
export interface PublishedRow {
  readonly county: string;
  readonly stage: Stage;
  readonly means: Readonly<Record<string, Decimal | null>>;
  readonly cvs: Readonly<Record<string, Decimal | null>>;
  readonly composite: Decimal | null;
}

export interface PublishedAssessment extends Omit<StageAssessment, 'pupils' | 'completeness'> {
  readonly county: string;
  readonly printedComposite: Decimal | null;
  /** `unrounded`: the print differs by no more than the rounding of its parts explains. */
  readonly agreement: 'equal' | 'unrounded' | 'contradicts' | null;
}
