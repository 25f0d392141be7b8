import type { Scope } from '@junheng/event-store';
import type { Form } from '@junheng/reporting-contract';
import { AtLeast, decodeCursor, page, type Page, PageArgs, pageSize, TenantTransaction } from '@junheng/service';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ArgsType, Field, ID, Int } from '@nestjs/graphql';
import type { EntityManager } from 'typeorm';
import { CampaignProgress, CampaignSchool } from './campaign-progress.projection.js';
import { Campaign, CampaignForm } from './campaign.projection.js';
import { type ReturnStatus, ReturnStatusName } from './reporting.enums.js';
import { SealedReturnRow } from './snapshot.projection.js';

@ArgsType()
export class CampaignsArgs extends PageArgs {
  @Field(() => ID, { description: 'Every ledger whose code begins with it' }) region!: string;
  @Field(() => Int, { nullable: true }) schoolYear?: number | null;
  @Field(() => AtLeast, { nullable: true }) atLeast?: AtLeast | null;
}

@ArgsType()
export class ReturnsArgs extends PageArgs {
  @Field(() => ID) county!: string;
  @Field(() => Int) schoolYear!: number;
  @Field(() => ReturnStatusName, { nullable: true }) status?: ReturnStatus | null;
  @Field(() => AtLeast, { nullable: true }) atLeast?: AtLeast | null;
}

@ArgsType()
export class ProgressArgs extends PageArgs {
  @Field(() => ID, { description: 'Every county whose code begins with it' }) region!: string;
  @Field(() => Int) schoolYear!: number;
  @Field(() => AtLeast, { nullable: true }) atLeast?: AtLeast | null;
}

@ArgsType()
export class SealedReturnsArgs extends PageArgs {
  @Field(() => ID) county!: string;
  @Field(() => Int) schoolYear!: number;
  @Field(() => Int) snapshot!: number;
  @Field(() => AtLeast, { nullable: true }) atLeast?: AtLeast | null;
}

@ArgsType()
export class FormArgs {
  @Field(() => ID) region!: string;
  @Field(() => Int) schoolYear!: number;
}

export class Campaigns extends Query<Page<Campaign>> {
  constructor(
    readonly args: CampaignsArgs,
    readonly scope: Scope,
  ) {
    super();
  }
}

export class ReturnsOfCampaign extends Query<Page<CampaignSchool>> {
  constructor(
    readonly args: ReturnsArgs,
    readonly scope: Scope,
  ) {
    super();
  }
}

export class ProgressOfCampaign extends Query<Page<CampaignProgress>> {
  constructor(
    readonly args: ProgressArgs,
    readonly scope: Scope,
  ) {
    super();
  }
}

export class SealedReturns extends Query<Page<SealedReturnRow>> {
  constructor(
    readonly args: SealedReturnsArgs,
    readonly scope: Scope,
  ) {
    super();
  }
}

export class FormOfCampaign extends Query<Form | null> {
  constructor(
    readonly args: FormArgs,
    readonly scope: Scope,
  ) {
    super();
  }
}

@QueryHandler(Campaigns)
export class CampaignsHandler implements IQueryHandler<Campaigns> {
  constructor(private readonly transaction: TenantTransaction) {}

  async execute({ args, scope }: Campaigns): Promise<Page<Campaign>> {
    const { region, schoolYear, after, atLeast } = args;
    const first = pageSize(args);
    const find = (manager: EntityManager) => {
      const found = manager.createQueryBuilder(Campaign, 'c').where('starts_with(c.tenant_id, :region)', { region });
      if (schoolYear != null) found.andWhere('c.school_year = :schoolYear', { schoolYear });
      if (after) {
        const [tenant, year] = decodeCursor('campaigns', after);
        found.andWhere('(c.tenant_id, c.school_year) > (:tenant, :year)', { tenant, year });
      }
      return found
        .orderBy('c.tenant_id')
        .addOrderBy('c.school_year')
        .limit(first + 1)
        .getMany();
    };
    const rows = await this.transaction.run(scope, find, atLeast);
    return page('campaigns', first, rows, ({ tenant_id, school_year }) => [tenant_id, school_year]);
  }
}

@QueryHandler(ReturnsOfCampaign)
export class ReturnsOfCampaignHandler implements IQueryHandler<ReturnsOfCampaign> {
  constructor(private readonly transaction: TenantTransaction) {}

  async execute({ args, scope }: ReturnsOfCampaign): Promise<Page<CampaignSchool>> {
    const { county, schoolYear, status, after, atLeast } = args;
    const first = pageSize(args);
    const find = (manager: EntityManager) => {
      const found = manager.createQueryBuilder(CampaignSchool, 's').where('s.tenant_id = :county', { county });
      found.andWhere('s.school_year = :schoolYear', { schoolYear });
      if (status) found.andWhere('s.status = :status', { status });
      if (after) found.andWhere('s.school_code > :school', { school: decodeCursor('returns', after)[0] });
      return found
        .orderBy('s.school_code')
        .limit(first + 1)
        .getMany();
    };
    const rows = await this.transaction.run(scope, find, atLeast);
    return page('returns', first, rows, ({ school_code }) => [school_code]);
  }
}

@QueryHandler(ProgressOfCampaign)
export class ProgressOfCampaignHandler implements IQueryHandler<ProgressOfCampaign> {
  constructor(private readonly transaction: TenantTransaction) {}

  async execute({ args, scope }: ProgressOfCampaign): Promise<Page<CampaignProgress>> {
    const { region, schoolYear, after, atLeast } = args;
    const first = pageSize(args);
    const find = (manager: EntityManager) => {
      const found = manager
        .createQueryBuilder(CampaignProgress, 'p')
        .where('starts_with(p.tenant_id, :region)', { region });
      found.andWhere('p.school_year = :schoolYear', { schoolYear });
      if (after) found.andWhere('p.tenant_id > :tenant', { tenant: decodeCursor('progress', after)[0] });
      return found
        .orderBy('p.tenant_id')
        .limit(first + 1)
        .getMany();
    };
    const rows = await this.transaction.run(scope, find, atLeast);
    return page('progress', first, rows, ({ tenant_id }) => [tenant_id]);
  }
}

@QueryHandler(SealedReturns)
export class SealedReturnsHandler implements IQueryHandler<SealedReturns> {
  constructor(private readonly transaction: TenantTransaction) {}

  async execute({ args, scope }: SealedReturns): Promise<Page<SealedReturnRow>> {
    const { county, schoolYear, snapshot, after, atLeast } = args;
    const first = pageSize(args);
    const find = (manager: EntityManager) => {
      const found = manager.createQueryBuilder(SealedReturnRow, 's').where('s.tenant_id = :county', { county });
      found.andWhere('s.school_year = :schoolYear AND s.snapshot = :snapshot', { schoolYear, snapshot });
      if (after) found.andWhere('s.school_code > :school', { school: decodeCursor('sealed', after)[0] });
      return found
        .orderBy('s.school_code')
        .limit(first + 1)
        .getMany();
    };
    const rows = await this.transaction.run(scope, find, atLeast);
    return page('sealed', first, rows, ({ school_code }) => [school_code]);
  }
}

@QueryHandler(FormOfCampaign)
export class FormOfCampaignHandler implements IQueryHandler<FormOfCampaign> {
  constructor(private readonly transaction: TenantTransaction) {}

  async execute({ args: { region, schoolYear }, scope }: FormOfCampaign): Promise<Form | null> {
    const where = { tenant_id: region, school_year: schoolYear };
    const found = await this.transaction.run(scope, (manager) => manager.findOneBy(CampaignForm, where));
    return found?.content ?? null;
  }
}
