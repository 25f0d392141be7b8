import { Decimal, PageInfo } from '@junheng/service';
import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type {
  CompositeAssessment,
  ConditionOutcome,
  Gap,
  IndicatorAssessment,
  Interval,
  Measured,
  MeasureStatus,
  StageAssessment,
  Verdict,
} from '@junheng/standards';
import type { CvMove } from './cv-change.formula.js';

const words = <Word extends string>(...all: Word[]) => Object.fromEntries(all.map((word) => [word, word]));

export const VerdictWord = words<Verdict>('pass', 'fail', 'incomplete');
registerEnumType(VerdictWord, {
  name: 'Verdict',
  description: '`incomplete`: what is known decides neither way. It never counts as passed.',
});

@ObjectType()
export class CvInterval implements Interval {
  @Field(() => Decimal) low!: string;
  @Field(() => Decimal, { nullable: true, description: 'Null when nothing bounds it.' }) high!: string | null;
}

@ObjectType()
export class ReportedMeasures implements NonNullable<Measured['ofReported']> {
  @Field(() => Decimal) mean!: string;
  @Field(() => Decimal) deviation!: string;
  @Field(() => Decimal, { nullable: true }) cv!: string | null;
}

@ObjectType({ description: 'One indicator over the stage units of a county.' })
export class IndicatorResult implements IndicatorAssessment {
  @Field(() => ID) indicator!: string;
  @Field(() => String, { description: 'known, incomplete, undefined (the mean is zero) or not-applicable.' })
  status!: MeasureStatus;
  @Field(() => Decimal, { nullable: true }) mean!: string | null;
  @Field(() => Decimal, { nullable: true, description: 'Pupil-weighted population standard deviation S.' })
  deviation!: string | null;
  @Field(() => Decimal, { nullable: true, description: 'Coefficient of variation (差异系数).' }) cv!: string | null;
  @Field(() => CvInterval, { nullable: true, description: 'Encloses the CV while schools are missing.' })
  interval!: Interval | null;
  @Field(() => ReportedMeasures, { nullable: true, description: 'Of the schools that reported; never a verdict.' })
  ofReported!: Measured['ofReported'];
  @Field(() => Decimal, { nullable: true }) limit!: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Compared exactly, before any rounding.' })
  within!: boolean | null;
  @Field() borderline!: boolean;
  @Field(() => Int) units!: number;
  @Field(() => [ID]) missing!: readonly string[];
}

@ObjectType()
export class CompositeResult implements CompositeAssessment {
  @Field(() => String) status!: MeasureStatus;
  @Field(() => Decimal, { nullable: true }) cv!: string | null;
  @Field(() => CvInterval, { nullable: true }) interval!: Interval | null;
  @Field(() => Decimal, { nullable: true }) limit!: string | null;
  @Field(() => Boolean, { nullable: true }) within!: boolean | null;
  @Field() borderline!: boolean;
}

@ObjectType()
export class CompletenessResult {
  @Field(() => Int) expected!: number;
  @Field(() => Int) reported!: number;
  @Field(() => [ID]) missing!: readonly string[];
}

@ObjectType()
export class StageResult implements StageAssessment {
  @Field(() => String) stage!: StageAssessment['stage'];
  @Field(() => Decimal) pupils!: string;
  @Field(() => CompletenessResult) completeness!: StageAssessment['completeness'];
  @Field(() => [IndicatorResult]) indicators!: readonly IndicatorAssessment[];
  @Field(() => CompositeResult, { nullable: true }) composite!: CompositeAssessment | null;
  @Field(() => VerdictWord, { nullable: true }) balance!: Verdict | null;
  @Field() borderline!: boolean;
}

@ObjectType()
export class ConditionResult {
  @Field(() => ID) condition!: string;
  @Field(() => String, { nullable: true }) stage!: ConditionOutcome['stage'];
  @Field(() => VerdictWord) verdict!: Verdict;
  @Field(() => String, { nullable: true }) value!: string | null;
}

@ObjectType({ description: 'How a coefficient of variation moved from the school year before.' })
export class CvChange implements CvMove {
  @Field(() => String) stage!: CvMove['stage'];
  @Field(() => ID, { description: 'The indicator, or `composite`.' }) measure!: string;
  @Field(() => Decimal, { nullable: true }) before!: string | null;
  @Field(() => Decimal, { nullable: true }) now!: string | null;
  @Field(() => Decimal, { nullable: true, description: 'Negative when schools became more even; null while unknown.' })
  change!: string | null;
}

@ObjectType({ description: 'One county under one standard in one school year.' })
export class CountyResult {
  @Field(() => ID) county!: string;
  @Field() name!: string;
  @Field(() => Int) schoolYear!: number;
  @Field(() => ID) standard!: string;
  @Field() version!: string;
  @Field(() => String, { description: '`current`, or `sealed-<n>`.' }) basis!: string;
  @Field(() => VerdictWord) verdict!: Verdict;
  @Field() borderline!: boolean;
  @Field(() => [ConditionResult]) conditions!: ConditionResult[];
  @Field(() => [StageResult]) stages!: readonly StageAssessment[];
  @Field(() => [StageResult], { nullable: true, description: 'The same of the school year before.' })
  previousStages!: readonly StageAssessment[] | null;
}

@ObjectType()
export class CountyResultPage {
  @Field(() => [CountyResult]) nodes!: CountyResult[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
}

@ObjectType()
export class NamedFigure {
  @Field(() => ID) name!: string;
  @Field(() => Decimal, { nullable: true }) value!: string | null;
}

@ObjectType({ description: 'A school’s part of one stage (学段单位), as it is counted.' })
export class UnitResult {
  @Field(() => String) stage!: string;
  @Field(() => Decimal, { nullable: true }) pupils!: string | null;
  @Field({ description: 'Whether it enters the coefficients of variation.' }) counted!: boolean;
  @Field(() => [NamedFigure]) values!: NamedFigure[];
}

@ObjectType()
export class LineResult {
  @Field(() => ID) item!: string;
  @Field(() => String, { description: 'reaches, floor, below or unknown.' }) outcome!: string;
}

@ObjectType()
export class SchoolVerdict {
  @Field(() => String, { nullable: true }) stage!: string | null;
  @Field(() => VerdictWord) verdict!: Verdict;
  @Field(() => [LineResult]) outcomes!: LineResult[];
}

@ObjectType({ description: 'What a school lacks of one item (差距), in natural units.' })
export class GapResult {
  @Field(() => String, { nullable: true }) stage!: Gap['stage'];
  @Field(() => ID) item!: string;
  @Field() unit!: string;
  @Field(() => Decimal, { nullable: true, description: '"0": nothing is lacking; null: unknown.' })
  amount!: string | null;
  @Field(() => String, { description: 'computed, recorded or unknown.' }) origin!: Gap['origin'];
  @Field(() => Decimal, { nullable: true, description: 'Found on the spot, where the formula says otherwise.' })
  conflict!: string | null;
  @Field(() => Decimal, { nullable: true }) required!: string | null;
  @Field(() => Decimal, { nullable: true }) actual!: string | null;
  @Field(() => [NamedFigure]) figures!: NamedFigure[];
  @Field(() => String, { nullable: true }) source!: string | null;
}

export const GapOriginWord = words<Gap['origin']>('computed', 'recorded', 'unknown');
registerEnumType(GapOriginWord, {
  name: 'GapOrigin',
  description: 'By the standard’s formula, found on the spot by the county, or neither.',
});

@ObjectType({ description: 'A gap, and whose it is.' })
export class SchoolGap extends GapResult {
  @Field(() => ID) county!: string;
  @Field(() => ID) school!: string;
  @Field() schoolName!: string;
}

@ObjectType()
export class SchoolGapPage {
  @Field(() => [SchoolGap]) nodes!: SchoolGap[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
}

export const named = (figures: Readonly<Record<string, string | null>>): NamedFigure[] =>
  Object.entries(figures).map(([name, value]) => ({ name, value }));

@ObjectType()
export class DisputedValue {
  @Field(() => String, { nullable: true }) value!: string | null;
  @Field() source!: string;
}

@ObjectType({ description: 'Sources that disagree about one figure; the first that was approved is counted.' })
export class DisputedFigure {
  @Field(() => ID) field!: string;
  @Field(() => [DisputedValue]) values!: DisputedValue[];
}

@ObjectType()
export class SchoolResult {
  @Field(() => ID) county!: string;
  @Field(() => ID) school!: string;
  @Field() name!: string;
  @Field() schoolType!: string;
  @Field() sponsor!: string;
  @Field() setting!: string;
  @Field(() => Int) schoolYear!: number;
  @Field(() => ID) standard!: string;
  @Field(() => String) basis!: string;
  @Field({ description: 'Whether an approved return is counted.' }) reported!: boolean;
  @Field(() => [UnitResult]) units!: UnitResult[];
  @Field(() => [SchoolVerdict]) verdicts!: SchoolVerdict[];
  @Field(() => [GapResult]) gaps!: GapResult[];
  @Field(() => [DisputedFigure]) conflicts!: DisputedFigure[];
}

@ObjectType()
export class SchoolResultPage {
  @Field(() => [SchoolResult]) nodes!: SchoolResult[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
}
