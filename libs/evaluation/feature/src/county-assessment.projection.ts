import type { SchoolFacts } from '@junheng/register-contract';
import type { SourcedFigure } from '@junheng/reporting-contract';
import type {
  ConditionOutcome,
  Gap,
  SchoolAssessment,
  StageAssessment,
  UnitAssessment,
  Verdict,
} from '@junheng/standards';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** `current`, or `sealed-<n>` for what a sealed snapshot gives. */
export type Basis = 'current' | `sealed-${number}`;

/** One county, school year and standard: what a province compares. */
@Entity('county_assessment')
export class CountyAssessmentRow {
  @PrimaryColumn('text') tenant_id!: string;
  @PrimaryColumn('int') school_year!: number;
  @PrimaryColumn('text') basis!: Basis;
  @PrimaryColumn('text') standard!: string;
  @Column('text') version!: string;
  @Column('text') county_name!: string;
  @Column('text') verdict!: Verdict;
  @Column('boolean') borderline!: boolean;
  @Column('jsonb') conditions!: readonly ConditionOutcome[];
  @Column('jsonb') stages!: readonly StageAssessment[];
  /** What a comparison sorts by, such as `primary.books.cv`; decimal text, absent when unknown. */
  @Column('jsonb') measures!: Readonly<Record<string, string>>;
}

/** One school under one standard: its values, its verdict, what it lacks. */
@Entity('school_assessment')
export class SchoolAssessmentRow {
  @PrimaryColumn('text') tenant_id!: string;
  @PrimaryColumn('int') school_year!: number;
  @PrimaryColumn('text') basis!: Basis;
  @PrimaryColumn('text') standard!: string;
  @PrimaryColumn('text') school_code!: string;
  @Column('jsonb') facts!: SchoolFacts;
  /** Whether the school's return is approved, and so counted. */
  @Column('boolean') reported!: boolean;
  @Column('jsonb') units!: readonly UnitAssessment[];
  @Column('jsonb') outcomes!: readonly SchoolAssessment[];
  @Column('jsonb') gaps!: readonly Gap[];
  /** Figures for which sources disagree: shown beside what is counted. */
  @Column('jsonb') conflicts!: Readonly<Record<string, readonly SourcedFigure[]>>;
}

/** The measures of a stage by the names under which a comparison sorts them. */
export function measuresOf(stages: readonly StageAssessment[]): Record<string, string> {
  const measures: Record<string, string> = {};
  const put = (name: string, value: string | null) => {
    if (value !== null) measures[name] = value;
  };
  for (const { stage, pupils, composite, indicators } of stages) {
    measures[`${stage}.pupils`] = pupils;
    put(`${stage}.composite.cv`, composite?.cv ?? null);
    for (const { indicator, mean, cv } of indicators) {
      put(`${stage}.${indicator}.mean`, mean);
      put(`${stage}.${indicator}.cv`, cv);
    }
  }
  return measures;
}
