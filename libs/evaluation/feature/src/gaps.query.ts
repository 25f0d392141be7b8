import type { Scope } from '@junheng/event-store';
import { AtLeast, decodeCursor, page, type Page, PageArgs, pageSize, TenantTransaction } from '@junheng/service';
import type { Gap } from '@junheng/standards';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ArgsType, Field, ID, Int } from '@nestjs/graphql';
import { GapOriginWord, named, type SchoolGap } from './assessment.answer.js';

@ArgsType()
export class GapsArgs extends PageArgs {
  @Field(() => ID) county!: string;
  @Field(() => Int) schoolYear!: number;
  @Field(() => ID) standard!: string;
  @Field(() => String, { defaultValue: 'current' }) basis!: string;
  @Field(() => ID, { nullable: true }) school?: string | null;
  @Field(() => ID, { nullable: true, description: 'Indicator, norm, or the words under which it was recorded.' })
  item?: string | null;
  @Field(() => GapOriginWord, { nullable: true }) origin?: Gap['origin'] | null;
  @Field({ defaultValue: false, description: 'Leaves out gaps of zero; unknown ones stay.' }) onlyLacking!: boolean;
  @Field(() => AtLeast, { nullable: true }) atLeast?: AtLeast | null;
}

/** What the schools of a county lack (差距清单), school by school. */
export class Gaps extends Query<Page<SchoolGap>> {
  constructor(
    readonly args: GapsArgs,
    readonly scope: Scope,
  ) {
    super();
  }
}

interface Listed {
  readonly school: string;
  readonly name: string;
  readonly nth: number;
  readonly gap: Gap;
}

const LIST = 'gaps';

const LISTED = `
  SELECT row.school_code AS school, row.facts ->> 'name' AS name, listed.nth::int AS nth, listed.gap AS gap
    FROM school_assessment AS row, jsonb_array_elements(row.gaps) WITH ORDINALITY AS listed(gap, nth)
   WHERE row.tenant_id = $1 AND row.school_year = $2 AND row.standard = $3 AND row.basis = $4
     AND ($5::text IS NULL OR row.school_code = $5)
     AND ($6::text IS NULL OR listed.gap ->> 'item' = $6)
     AND ($7::text IS NULL OR listed.gap ->> 'origin' = $7)
     AND NOT ($8 AND coalesce(listed.gap ->> 'amount' = '0', false))
     AND ($9::text IS NULL OR (row.school_code, listed.nth) > ($9, $10::bigint))
   ORDER BY row.school_code, listed.nth
   LIMIT $11`;

@QueryHandler(Gaps)
export class GapsHandler implements IQueryHandler<Gaps> {
  constructor(private readonly transaction: TenantTransaction) {}

  async execute({ args, scope }: Gaps): Promise<Page<SchoolGap>> {
    const { county, schoolYear, standard, basis, school = null, item = null, origin = null, onlyLacking } = args;
    const first = pageSize(args);
    const [lastSchool = null, lastNth = null] = args.after ? decodeCursor(LIST, args.after) : [];
    const asked = [
      county,
      schoolYear,
      standard,
      basis,
      school,
      item,
      origin,
      onlyLacking,
      lastSchool,
      lastNth,
      first + 1,
    ];
    const rows = await this.transaction.run(scope, (manager) => manager.query<Listed[]>(LISTED, asked), args.atLeast);
    const { nodes, pageInfo } = page(LIST, first, rows, (row) => [row.school, row.nth]);
    return { pageInfo, nodes: nodes.map((row) => answer(county, row)) };
  }
}

const answer = (county: string, { school, name, gap: { figures, ...gap } }: Listed): SchoolGap => ({
  ...gap,
  ...{ county, school, schoolName: name, figures: named(figures) },
});
