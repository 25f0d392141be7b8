import type { SchoolCode, SchoolType, Setting, Sponsor, Stage } from '@junheng/register-contract';
import type { Rational } from '@junheng/kernel';

/** A figure of a return: decimal text, a list of it, a flag, or `null` for "explicitly unknown"; absent is "not entered". */
export type Figure = string | readonly string[] | boolean | null;
export type Figures = Readonly<Record<string, Figure>>;

/** What a school reported, with the facts that decide how it is counted. */
export interface SchoolFigures {
  readonly school: SchoolCode;
  readonly schoolType: SchoolType;
  readonly sponsor: Sponsor;
  readonly setting: Setting;
  readonly stages: readonly Stage[];
  readonly figures: Figures;
}

/** 学段单位: the part of a school that is evaluated as one row. */
export interface StageUnitFigures {
  readonly school: SchoolCode;
  readonly schoolType: SchoolType;
  readonly sponsor: Sponsor;
  readonly setting: Setting;
  readonly stage: Stage;
  /** Every stage that the school has: with one only, a field without a prefix speaks of it. */
  readonly stages: readonly Stage[];
  /** Real enrolment; `null` when unknown. */
  readonly pupils: Rational | null;
  /** The part of the school's shared resources that is this unit's; `null` when some stage's enrolment is unknown. */
  readonly share: Rational | null;
  /** The whole school's figures, by field id. */
  readonly figures: Figures;
}

const PREFIX: Readonly<Record<Stage, string>> = { primary: 'p_', junior: 'j_', senior: 's_' };

/** The id under which a figure reported by stage is found in a school's return. */
export function stageField(stage: Stage, field: string): string {
  return `${PREFIX[stage]}${field}`;
}
