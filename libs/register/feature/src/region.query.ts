import { ArgsType, Field, ID, ObjectType } from '@nestjs/graphql';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Scope } from '@junheng/event-store';
import type { RegionKind } from '@junheng/register-contract';
import { AtLeast, decodeCursor, page, type Page, PageArgs, pageSize, TenantTransaction } from '@junheng/service';
import { asOf } from './as-of.js';
import { RegionKindName } from './register.enums.js';
import { Region, RegionVersion } from './region.projection.js';

@ArgsType()
export class RegionsArgs extends PageArgs {
  @Field(() => ID, { description: 'The code that theirs begin with' }) region!: string;
  @Field(() => RegionKindName, { nullable: true }) kind?: RegionKind | null;
  @Field(() => ID, { nullable: true }) parent?: string | null;
  @Field(() => String, { nullable: true, description: 'As they were on this day' }) asOf?: string | null;
  @Field(() => AtLeast, { nullable: true }) atLeast?: AtLeast | null;
}

@ArgsType()
export class RegionArgs {
  @Field(() => ID) region!: string;
  @Field(() => AtLeast, { nullable: true }) atLeast?: AtLeast | null;
}

@ObjectType({ description: 'A region now, with all that it was' })
export class RegionRecord {
  @Field(() => Region) current!: Region;
  @Field(() => [RegionVersion], { description: 'Oldest first' }) versions!: readonly RegionVersion[];
}

/** The regions whose code begins with a prefix, as they are, or as they were on a day. */
export class Regions extends Query<Page<RegionVersion>> {
  constructor(
    readonly args: RegionsArgs,
    readonly scope: Scope,
  ) {
    super();
  }
}

@QueryHandler(Regions)
export class RegionsHandler implements IQueryHandler<Regions> {
  constructor(private readonly transaction: TenantTransaction) {}

  async execute({ args, scope }: Regions): Promise<Page<RegionVersion>> {
    const { region, kind, parent, after, atLeast } = args;
    const first = pageSize(args);
    const rows = await this.transaction.run(
      scope,
      (manager) => {
        const found = manager
          .createQueryBuilder(RegionVersion, 'r')
          .where('starts_with(r.tenant_id, :region)', { region });
        asOf(found, args.asOf);
        if (kind) found.andWhere('r.kind = :kind', { kind });
        if (parent) found.andWhere('r.parent = :parent', { parent });
        if (after) found.andWhere('r.tenant_id > :after', { after: decodeCursor('regions', after)[0] });
        return found
          .orderBy('r.tenant_id')
          .limit(first + 1)
          .getMany();
      },
      atLeast,
    );
    return page('regions', first, rows, ({ tenant_id }) => [tenant_id]);
  }
}

export class RegionOf extends Query<RegionRecord | null> {
  constructor(
    readonly args: RegionArgs,
    readonly scope: Scope,
  ) {
    super();
  }
}

@QueryHandler(RegionOf)
export class RegionOfHandler implements IQueryHandler<RegionOf> {
  constructor(private readonly transaction: TenantTransaction) {}

  execute({ args: { region: tenant_id, atLeast }, scope }: RegionOf): Promise<RegionRecord | null> {
    return this.transaction.run(
      scope,
      async (manager) => {
        const current = await manager.findOneBy(Region, { tenant_id });
        const versions = await manager.find(RegionVersion, { where: { tenant_id }, order: { valid_from: 'ASC' } });
        return current && { current, versions };
      },
      atLeast,
    );
  }
}
