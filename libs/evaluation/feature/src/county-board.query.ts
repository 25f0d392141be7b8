import type { Scope } from '@junheng/event-store';
import { AtLeast, TenantTransaction } from '@junheng/service';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ArgsType, Field, ID, Int } from '@nestjs/graphql';
import type { CountyResult } from './assessment.answer.js';
import { countyResults } from './compare-counties.query.js';

@ArgsType()
export class CountyBoardArgs {
  @Field(() => ID) county!: string;
  @Field(() => Int) schoolYear!: number;
  @Field(() => String, { defaultValue: 'current' }) basis!: string;
  @Field(() => AtLeast, { nullable: true }) atLeast?: AtLeast | null;
}

/** One county under every standard it has adopted. */
export class CountyBoard extends Query<CountyResult[]> {
  constructor(
    readonly args: CountyBoardArgs,
    readonly scope: Scope,
  ) {
    super();
  }
}

@QueryHandler(CountyBoard)
export class CountyBoardHandler implements IQueryHandler<CountyBoard> {
  constructor(private readonly transaction: TenantTransaction) {}

  execute({ args, scope }: CountyBoard): Promise<CountyResult[]> {
    const { county, schoolYear, basis, atLeast } = args;
    return this.transaction.run(
      scope,
      (manager) =>
        countyResults(manager)
          .where('row.tenant_id = :county AND row.school_year = :schoolYear AND row.basis = :basis')
          .setParameters({ county, schoolYear, basis })
          .orderBy('row.standard')
          .getRawMany<CountyResult>(),
      atLeast,
    );
  }
}
