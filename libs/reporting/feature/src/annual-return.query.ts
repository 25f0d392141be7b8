import type { Scope } from '@junheng/event-store';
import type { SchoolFacts } from '@junheng/register-contract';
import type { Finding, Form } from '@junheng/reporting-contract';
import {
  check,
  difference,
  factsOn,
  type KnownCampaign,
  type Lockable,
  lockOf,
  outliers,
  type PeerReturn,
} from '@junheng/reporting-domain';
import { AtLeast, TenantTransaction } from '@junheng/service';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ArgsType, Field, ID, Int } from '@nestjs/graphql';
import type { EntityManager } from 'typeorm';
import type { AnnualReturnAnswer, ReopeningAnswer, ReturnLock } from './annual-return.answer.js';
import { AnnualReturn } from './annual-return.projection.js';
import { Campaign, CampaignForm } from './campaign.projection.js';
import { formFor } from './form.answer.js';
import { ReportedSchool } from './reported-school.projection.js';

@ArgsType()
export class ReturnArgs {
  @Field(() => ID) county!: string;
  @Field(() => ID) school!: string;
  @Field(() => Int) schoolYear!: number;
  @Field(() => AtLeast, { nullable: true }) atLeast?: AtLeast | null;
}

export class ReturnOf extends Query<AnnualReturnAnswer | null> {
  constructor(
    readonly args: ReturnArgs,
    readonly scope: Scope,
  ) {
    super();
  }
}

@QueryHandler(ReturnOf)
export class ReturnOfHandler implements IQueryHandler<ReturnOf> {
  constructor(private readonly transaction: TenantTransaction) {}

  execute({ args, scope }: ReturnOf): Promise<AnnualReturnAnswer | null> {
    return this.transaction.run(scope, (manager) => answer(manager, args), args.atLeast);
  }
}

async function answer(manager: EntityManager, args: ReturnArgs): Promise<AnnualReturnAnswer | null> {
  const { county: tenant_id, school: school_code, schoolYear: school_year } = args;
  const campaign = await manager.findOneBy(Campaign, { tenant_id, school_year });
  const form = await manager.findOneBy(CampaignForm, { tenant_id, school_year });
  const school = await manager.findOneBy(ReportedSchool, { tenant_id, school_code });
  const facts = campaign && school ? factsOn(school.history, campaign.as_of) : null;
  if (!campaign || !form || !facts) return null;
  const all = await manager.findBy(AnnualReturn, { tenant_id, school_year });
  const row = all.find((each) => each.school_code === school_code);
  const last = await manager.findOneBy(AnnualReturn, { tenant_id, school_code, school_year: school_year - 1 });
  const schools = await manager.findBy(ReportedSchool, { tenant_id });
  const peers = all.flatMap((each) => peerOf(each, campaign, schools));
  const figures = row?.figures ?? {};
  const findings = [
    ...(row ? check(form.content, facts, figures, last?.approved ?? {}) : []),
    ...(outliers(form.content, peers).get(school_code) ?? []),
  ];
  return { ...described(args, facts), ...standing(row, campaign), ...judged(form.content, facts, findings), figures };
}

function described({ county, schoolYear }: ReturnArgs, facts: SchoolFacts) {
  const { school, name, schoolType, sponsor, setting, cluster, stages } = facts;
  return { county, schoolYear, school, name, schoolType, sponsor, setting, cluster, stages };
}

function judged(form: Form, facts: SchoolFacts, findings: readonly Finding[]) {
  return { findings, form: formFor(form, facts) };
}

function standing(row: AnnualReturn | undefined, campaign: Campaign) {
  const figures = row?.figures ?? {};
  const changed = row?.approved ? difference(row.approved, figures) : [];
  return {
    status: row?.status ?? ('missing' as const),
    version: row?.version ?? 0,
    approvedFigures: row?.approved ?? null,
    approvedVersion: row?.approved_version ?? null,
    explanations: row?.explanations ?? [],
    sinceApproval: changed.map((each) => ({ ...each, added: each.before === undefined })),
    notes: row?.notes ?? [],
    reasons: row?.reasons ?? [],
    dueOn: row?.due_on ?? null,
    reopening: reopeningOf(row),
    conflicts: Object.entries(row?.conflicts ?? {}).map(([field, values]) => ({ field, values })),
    lock: lockFor(row, campaign),
    lastRole: row?.last_role ?? null,
    changedAt: row?.changed_at ?? null,
  };
}

function peerOf(
  { school_code, figures, approved }: AnnualReturn,
  { as_of }: Campaign,
  schools: readonly ReportedSchool[],
): readonly PeerReturn[] {
  const facts = factsOn(schools.find((each) => each.school_code === school_code)?.history ?? [], as_of);
  return facts ? [{ school: school_code, schoolType: facts.schoolType, figures: approved ?? figures }] : [];
}

function reopeningOf(row: AnnualReturn | undefined): ReopeningAnswer | null {
  if (!row?.reopening) return null;
  const { reopening } = row;
  if (reopening.status === 'requested') return { status: 'requested', reason: reopening.reason, expiresAt: null };
  const isOver = Date.parse(reopening.expiresAt) < Date.now();
  return { status: isOver ? 'expired' : 'granted', reason: reopening.reason, expiresAt: reopening.expiresAt };
}

function lockFor(row: AnnualReturn | undefined, campaign: Campaign): ReturnLock | null {
  const state: Lockable = {
    status: row?.status ?? 'draft',
    approved: row?.approved ? { figures: row.approved, version: row.approved_version ?? 0 } : null,
    dueOn: row?.due_on ?? null,
    reopening: row?.reopening ?? null,
  };
  const lock = lockOf(state, { now: new Date().toISOString(), campaign: asKnown(campaign) });
  if (!lock) return null;
  const { code, message, details } = lock;
  return { code, message, lockedBy: details.lockedBy ?? null, remedy: details.remedy ?? null };
}

function asKnown(row: Campaign): KnownCampaign {
  const { campaign, status, deadline, scope, snapshots, school_year, as_of, opened_at } = row;
  // A lock depends on no field of the form.
  const form = { id: row.form_id, version: row.form_version, hash: row.form_hash } as KnownCampaign['form'];
  const known = { campaign, status, deadline, scope, snapshots, form };
  return { ...known, schoolYear: school_year, asOf: as_of, openedAt: opened_at, lastSeal: null };
}
