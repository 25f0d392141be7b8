import { ArgsType, Field, ID, ObjectType } from '@nestjs/graphql';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Scope } from '@junheng/event-store';
import type { SchoolStatus, SchoolType, Stage } from '@junheng/register-contract';
import { schoolCodeWarnings } from '@junheng/register-domain';
import {
  AtLeast,
  type CursorKey,
  decodeCursor,
  page,
  type Page,
  PageArgs,
  pageSize,
  TenantTransaction,
} from '@junheng/service';
import { asOf } from './as-of.js';
import { type SchoolOrder, SchoolOrderName, SchoolStatusName, SchoolTypeName, StageName } from './register.enums.js';
import { SchoolVersion, StageUnit } from './school-history.projection.js';
import { School } from './school.projection.js';

@ArgsType()
export class SchoolsArgs extends PageArgs {
  @Field(() => ID) county!: string;
  @Field(() => SchoolTypeName, { nullable: true }) schoolType?: SchoolType | null;
  @Field(() => StageName, { nullable: true }) stage?: Stage | null;
  @Field(() => String, { nullable: true }) cluster?: string | null;
  @Field(() => SchoolStatusName, { nullable: true, defaultValue: 'open', description: '`null` for every status' })
  status?: SchoolStatus | null;
  @Field(() => String, { nullable: true, description: 'As they were on this day' }) asOf?: string | null;
  @Field(() => SchoolOrderName, { defaultValue: 'code' }) orderBy!: SchoolOrder;
  @Field(() => AtLeast, { nullable: true }) atLeast?: AtLeast | null;
}

@ArgsType()
export class SchoolArgs {
  @Field(() => ID) county!: string;
  @Field(() => ID) school!: string;
  @Field(() => AtLeast, { nullable: true }) atLeast?: AtLeast | null;
}

@ObjectType({ description: 'A school now, with all that it was' })
export class SchoolRecord {
  @Field(() => School) current!: School;
  @Field(() => [SchoolVersion], { description: 'Oldest first' }) versions!: readonly SchoolVersion[];
  @Field(() => [StageUnit]) stageUnits!: readonly StageUnit[];
  @Field(() => [String], { description: 'What is odd without being wrong, such as SCHOOL_CATEGORY_UNUSUAL' })
  warnings!: readonly string[];
}

/** The schools of a county, as they are, or as they were on a day. */
export class Schools extends Query<Page<SchoolVersion>> {
  constructor(
    readonly args: SchoolsArgs,
    readonly scope: Scope,
  ) {
    super();
  }
}

const ORDERS: Readonly<Record<SchoolOrder, (row: SchoolVersion) => CursorKey>> = {
  code: ({ school_code }) => [school_code],
  name: ({ name, school_code }) => [name, school_code],
};

@QueryHandler(Schools)
export class SchoolsHandler implements IQueryHandler<Schools> {
  constructor(private readonly transaction: TenantTransaction) {}

  async execute({ args, scope }: Schools): Promise<Page<SchoolVersion>> {
    const { county, schoolType, stage, cluster, status, after, orderBy, atLeast } = args;
    const first = pageSize(args);
    const list = `schools by ${orderBy}`;
    const rows = await this.transaction.run(
      scope,
      (manager) => {
        const found = asOf(
          manager.createQueryBuilder(SchoolVersion, 's').where('s.tenant_id = :county', { county }),
          args.asOf,
        );
        if (schoolType) found.andWhere('s.school_type = :schoolType', { schoolType });
        if (stage) found.andWhere(':stage = ANY (s.stages)', { stage });
        if (cluster) found.andWhere('s.cluster = :cluster', { cluster });
        if (status) found.andWhere('s.status = :status', { status });
        if (orderBy === 'name') found.orderBy('s.name').addOrderBy('s.school_code');
        else found.orderBy('s.school_code');
        if (after) {
          const [one, two] = decodeCursor(list, after);
          if (orderBy === 'name') found.andWhere('(s.name, s.school_code) > (:one, :two)', { one, two });
          else found.andWhere('s.school_code > :one', { one });
        }
        return found.limit(first + 1).getMany();
      },
      atLeast,
    );
    return page(list, first, rows, ORDERS[orderBy]);
  }
}

export class SchoolOf extends Query<SchoolRecord | null> {
  constructor(
    readonly args: SchoolArgs,
    readonly scope: Scope,
  ) {
    super();
  }
}

@QueryHandler(SchoolOf)
export class SchoolOfHandler implements IQueryHandler<SchoolOf> {
  constructor(private readonly transaction: TenantTransaction) {}

  execute({ args: { county, school, atLeast }, scope }: SchoolOf): Promise<SchoolRecord | null> {
    const where = { tenant_id: county, school_code: school };
    return this.transaction.run(
      scope,
      async (manager) => {
        const current = await manager.findOneBy(School, where);
        if (current === null) return null;
        const versions = await manager.find(SchoolVersion, { where, order: { valid_from: 'ASC' } });
        const stageUnits = await manager.find(StageUnit, { where, order: { valid_from: 'ASC', stage: 'ASC' } });
        return { current, versions, stageUnits, warnings: schoolCodeWarnings(school, current.school_type) };
      },
      atLeast,
    );
  }
}
