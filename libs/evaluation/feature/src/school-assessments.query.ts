import type { Scope } from '@junheng/event-store';
import type { SourcedFigure } from '@junheng/reporting-contract';
import { AtLeast, decodeCursor, page, type Page, PageArgs, pageSize, TenantTransaction } from '@junheng/service';
import type { Verdict } from '@junheng/standards';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ArgsType, Field, ID, Int } from '@nestjs/graphql';
import { named, type SchoolResult, VerdictWord } from './assessment.answer.js';
import { SchoolAssessmentRow } from './county-assessment.projection.js';

@ArgsType()
export class SchoolAssessmentsArgs extends PageArgs {
  @Field(() => ID) county!: string;
  @Field(() => Int) schoolYear!: number;
  @Field(() => ID) standard!: string;
  @Field(() => String, { defaultValue: 'current' }) basis!: string;
  @Field(() => ID, { nullable: true }) school?: string | null;
  @Field(() => VerdictWord, { nullable: true, description: 'Schools with such a verdict on some stage.' })
  verdict?: Verdict | null;
  @Field({ defaultValue: false, description: 'Leaves out gaps of zero.' }) onlyLacking!: boolean;
  @Field(() => AtLeast, { nullable: true }) atLeast?: AtLeast | null;
}

/** The schools of a county with their values, verdicts and gaps. */
export class SchoolAssessments extends Query<Page<SchoolResult>> {
  constructor(
    readonly args: SchoolAssessmentsArgs,
    readonly scope: Scope,
  ) {
    super();
  }
}

const LIST = 'schools';

@QueryHandler(SchoolAssessments)
export class SchoolAssessmentsHandler implements IQueryHandler<SchoolAssessments> {
  constructor(private readonly transaction: TenantTransaction) {}

  async execute({ args, scope }: SchoolAssessments): Promise<Page<SchoolResult>> {
    const { county, schoolYear, standard, basis, school, verdict, after } = args;
    const first = pageSize(args);
    const rows = await this.transaction.run(
      scope,
      (manager) => {
        const query = manager
          .createQueryBuilder(SchoolAssessmentRow, 'row')
          .where('row.tenant_id = :county AND row.school_year = :schoolYear')
          .andWhere('row.standard = :standard AND row.basis = :basis')
          .setParameters({ county, schoolYear, standard, basis })
          .orderBy('row.school_code')
          .limit(first + 1);
        if (school) query.andWhere('row.school_code = :school', { school });
        if (verdict) query.andWhere('row.outcomes @> :outcome', { outcome: JSON.stringify([{ verdict }]) });
        if (after) query.andWhere('row.school_code > :last', { last: decodeCursor(LIST, after)[0] });
        return query.getMany();
      },
      args.atLeast,
    );
    return page(
      LIST,
      first,
      rows.map((row) => answer(row, args.onlyLacking)),
      (row) => [row.school],
    );
  }
}

function answer(row: SchoolAssessmentRow, onlyLacking: boolean): SchoolResult {
  const { name, schoolType, sponsor, setting } = row.facts;
  return {
    county: row.tenant_id,
    school: row.school_code,
    name,
    schoolType,
    sponsor,
    setting,
    schoolYear: row.school_year,
    standard: row.standard,
    basis: row.basis,
    reported: row.reported,
    units: row.units.map(({ stage, pupils, counted, values }) => ({ stage, pupils, counted, values: named(values) })),
    verdicts: row.outcomes.map(({ stage, verdict, outcomes }) => ({
      stage,
      verdict,
      outcomes: Object.entries(outcomes).map(([item, outcome]) => ({ item, outcome })),
    })),
    gaps: row.gaps
      .filter(({ amount }) => !onlyLacking || amount !== '0')
      .map(({ figures, school: _school, ...gap }) => ({ ...gap, figures: named(figures) })),
    conflicts: Object.entries(row.conflicts).map(([field, values]) => ({ field, values: values.map(sourced) })),
  };
}

const sourced = ({ value, source }: SourcedFigure) => ({ value: value === null ? null : String(value), source });
