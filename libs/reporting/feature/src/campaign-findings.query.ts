import type { Scope } from '@junheng/event-store';
import type { Finding as FindingOf } from '@junheng/reporting-contract';
import { checkCounty, factsOn, outliers } from '@junheng/reporting-domain';
import { TenantTransaction } from '@junheng/service';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ArgsType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { EntityManager } from 'typeorm';
import { AnnualReturn } from './annual-return.projection.js';
import { Campaign, CampaignForm } from './campaign.projection.js';
import { Finding } from './form.answer.js';
import { ReportedSchool } from './reported-school.projection.js';

@ArgsType()
export class CampaignFindingsArgs {
  @Field(() => ID) county!: string;
  @Field(() => Int) schoolYear!: number;
}

@ObjectType({ description: 'What stands out between the schools of a county, or in their sums' })
export class CampaignFinding {
  @Field(() => ID, { nullable: true, description: 'Absent for what the county’s sums show' }) school!: string | null;
  @Field(() => Finding) finding!: FindingOf;
}

export class CampaignFindings extends Query<readonly CampaignFinding[]> {
  constructor(
    readonly args: CampaignFindingsArgs,
    readonly scope: Scope,
  ) {
    super();
  }
}

@QueryHandler(CampaignFindings)
export class CampaignFindingsHandler implements IQueryHandler<CampaignFindings> {
  constructor(private readonly transaction: TenantTransaction) {}

  execute({ args, scope }: CampaignFindings): Promise<readonly CampaignFinding[]> {
    return this.transaction.run(scope, (manager) => findings(manager, args));
  }
}

async function findings(
  manager: EntityManager,
  { county: tenant_id, schoolYear: school_year }: CampaignFindingsArgs,
): Promise<readonly CampaignFinding[]> {
  const campaign = await manager.findOneBy(Campaign, { tenant_id, school_year });
  const form = await manager.findOneBy(CampaignForm, { tenant_id, school_year });
  if (!campaign || !form) return [];
  const returns = await manager.find(AnnualReturn, {
    where: { tenant_id, school_year },
    order: { school_code: 'ASC' },
  });
  const schools = await manager.findBy(ReportedSchool, { tenant_id });
  const histories = new Map(schools.map(({ school_code, history }) => [school_code, history]));
  const known = returns.flatMap(({ school_code: school, figures, approved }) => {
    const facts = factsOn(histories.get(school) ?? [], campaign.as_of);
    return facts ? [{ ...facts, school, figures: approved ?? figures }] : [];
  });
  return [
    ...checkCounty(form.content, known).map((finding) => ({ school: null, finding })),
    ...[...outliers(form.content, known)].flatMap(([school, found]) => found.map((finding) => ({ school, finding }))),
  ];
}
