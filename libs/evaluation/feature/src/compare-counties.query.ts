import type { Scope } from '@junheng/event-store';
import { RuleViolation } from '@junheng/kernel';
import { AtLeast, decodeCursor, page, type Page, PageArgs, pageSize, TenantTransaction } from '@junheng/service';
import type { Verdict } from '@junheng/standards';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { type CountyResult, VerdictWord } from './assessment.answer.js';
import { CountyAssessmentRow } from './county-assessment.projection.js';

@InputType()
export class CountySort {
  @Field({
    defaultValue: 'county',
    description: '`county`, or a measure such as `primary.books.cv`, `junior.composite.cv`, `primary.pupils`.',
  })
  by!: string;
  @Field({ defaultValue: false }) descending!: boolean;
}

@InputType()
export class CountyFilter {
  @Field(() => VerdictWord, { nullable: true }) verdict?: Verdict | null;
  @Field(() => Boolean, { nullable: true }) borderline?: boolean | null;
  @Field(() => String, { nullable: true, description: 'A part of the county’s name.' }) name?: string | null;
}

@ArgsType()
export class CompareCountiesArgs extends PageArgs {
  @Field(() => ID, { description: 'Every county whose code begins with it.' }) region!: string;
  @Field(() => Int) schoolYear!: number;
  @Field(() => ID) standard!: string;
  @Field(() => String, { defaultValue: 'current' }) basis!: string;
  @Field(() => CountySort, { nullable: true }) sort?: CountySort | null;
  @Field(() => CountyFilter, { nullable: true }) filter?: CountyFilter | null;
  @Field(() => AtLeast, { nullable: true }) atLeast?: AtLeast | null;
}

export class CompareCounties extends Query<Page<CountyResult>> {
  constructor(
    readonly args: CompareCountiesArgs,
    readonly scope: Scope,
  ) {
    super();
  }
}

interface Compared extends CountyResult {
  readonly sortedBy: string | null;
}

const LIST = 'counties';

@QueryHandler(CompareCounties)
export class CompareCountiesHandler implements IQueryHandler<CompareCounties> {
  constructor(private readonly transaction: TenantTransaction) {}

  async execute({ args, scope }: CompareCounties): Promise<Page<CountyResult>> {
    const first = pageSize(args);
    demandMeasure(args.sort?.by ?? 'county');
    const rows = await this.transaction.run(
      scope,
      (manager) => comparison(manager, args, first + 1).getRawMany<Compared>(),
      args.atLeast,
    );
    return page(listOf(args), first, rows, ({ sortedBy, county }) => [sortedBy, county]);
  }
}

const MEASURE = /^(?:county|(?:primary|junior)\.(?:pupils|composite\.cv|[a-z0-9-]+\.(?:mean|cv)))$/;

/** A misspelt measure would sort nothing, and look as if it did. */
function demandMeasure(by: string): void {
  if (MEASURE.test(by)) return;
  throw new RuleViolation('BAD_USER_INPUT', `Counties cannot be sorted by "${by}".`, {
    where: 'sort.by',
    remedy: 'Sort by `county`, `primary.pupils`, `junior.composite.cv`, or an indicator such as `primary.sports.mean`.',
  });
}

/** A cursor belongs to one ordering. */
const listOf = ({ sort }: CompareCountiesArgs) => `${LIST}:${sort?.by ?? 'county'}:${sort?.descending ?? false}`;

function comparison(
  manager: EntityManager,
  args: CompareCountiesArgs,
  limit: number,
): SelectQueryBuilder<CountyAssessmentRow> {
  const { region, schoolYear, standard, basis, sort, filter } = args;
  const descending = sort?.descending ?? false;
  // Codes have no order among equal measures that anybody asked for, unless they are what is sorted by.
  const backwards = descending && (sort?.by ?? 'county') === 'county';
  const measure = '(row.measures ->> :by)::numeric';
  const query = countyResults(manager)
    .addSelect('row.measures ->> :by', 'sortedBy')
    .where('starts_with(row.tenant_id, :region)', { region })
    .andWhere('row.school_year = :schoolYear AND row.standard = :standard AND row.basis = :basis')
    .setParameters({ schoolYear, standard, basis, by: sort?.by ?? 'county' })
    .orderBy(measure, descending ? 'DESC' : 'ASC', 'NULLS LAST')
    .addOrderBy('row.tenant_id', backwards ? 'DESC' : 'ASC')
    .limit(limit);
  if (filter?.verdict) query.andWhere('row.verdict = :verdict', { verdict: filter.verdict });
  if (typeof filter?.borderline === 'boolean') query.andWhere('row.borderline = :borderline', filter);
  if (filter?.name) query.andWhere('strpos(row.county_name, :name) > 0', { name: filter.name });
  if (args.after) {
    const [value, county] = decodeCursor(listOf(args), args.after);
    const beyond = descending ? '<' : '>';
    query.andWhere(
      value === null
        ? `${measure} IS NULL AND row.tenant_id ${backwards ? '<' : '>'} :county`
        : `(${measure} ${beyond} :value OR ${measure} IS NULL OR (${measure} = :value AND row.tenant_id > :county))`,
      { value, county },
    );
  }
  return query;
}

/** Rows as {@link CountyResult}s, beside them the stages of the year before. */
export function countyResults(manager: EntityManager): SelectQueryBuilder<CountyAssessmentRow> {
  const sameYearBefore =
    'before.tenant_id = row.tenant_id AND before.school_year = row.school_year - 1 ' +
    'AND before.standard = row.standard AND before.basis = row.basis';
  return manager
    .createQueryBuilder(CountyAssessmentRow, 'row')
    .leftJoin(CountyAssessmentRow, 'before', sameYearBefore)
    .select('row.tenant_id', 'county')
    .addSelect('row.county_name', 'name')
    .addSelect('row.school_year', 'schoolYear')
    .addSelect('row.standard', 'standard')
    .addSelect('row.version', 'version')
    .addSelect('row.basis', 'basis')
    .addSelect('row.verdict', 'verdict')
    .addSelect('row.borderline', 'borderline')
    .addSelect('row.conditions', 'conditions')
    .addSelect('row.stages', 'stages')
    .addSelect('before.stages', 'previousStages');
}
