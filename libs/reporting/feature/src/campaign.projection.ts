import { view } from '@junheng/views';
import type { CampaignEvent, CampaignOpened, CampaignScope, Form } from '@junheng/reporting-contract';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { type CampaignStatus, CampaignStatusName, LedgerLevelName } from './reporting.enums.js';

@ObjectType({ description: 'Which schools a campaign asks; every part that is given must hold' })
export class AskedSchools {
  @Field(() => [ID], { nullable: true }) schools?: readonly string[];
  @Field(() => [String], { nullable: true }) types?: readonly string[];
  @Field(() => [String], { nullable: true }) clusters?: readonly string[];
  @Field(() => [ID], { nullable: true, description: 'Prefixes of region codes' }) regions?: readonly string[];
}

@ObjectType({ description: '填报任务' })
@Entity('campaign')
export class Campaign {
  @Field(() => ID, { name: 'region' }) @PrimaryColumn('text') tenant_id!: string;
  @Field(() => Int, { name: 'schoolYear' }) @PrimaryColumn('int') school_year!: number;
  @Field(() => ID) @Column('text') campaign!: string;
  @Field(() => CampaignStatusName) @Column('text') status!: CampaignStatus;
  @Field(() => String, { name: 'asOf' }) @Column('date') as_of!: string;
  @Field(() => String) @Column('text') deadline!: string;
  @Field(() => ID, { name: 'formId' }) @Column('text') form_id!: string;
  @Field(() => Int, { name: 'formVersion' }) @Column('int') form_version!: number;
  @Field(() => String, { name: 'formHash' }) @Column('text') form_hash!: string;
  @Field(() => AskedSchools) @Column('jsonb') scope!: CampaignScope;
  @Field(() => LedgerLevelName, { name: 'openedAt' }) @Column('text') opened_at!: CampaignOpened['openedAt'];
  @Field(() => Int, { description: 'How often it has been sealed' }) @Column('int') snapshots!: number;
}

const keys = ({ tenant, data }: { readonly tenant: string; readonly data: { readonly schoolYear: number } }) => [
  { tenant_id: tenant, school_year: data.schoolYear },
];

export const campaignView = view<Campaign, CampaignEvent>(Campaign, {
  name: 'campaign',
  version: 1,
  visibleToSchools: true,
  on: {
    CampaignOpened: {
      keys,
      fold: (_row, { data: { campaign, asOf, deadline, form, scope, openedAt } }) => ({
        campaign,
        status: 'open',
        as_of: asOf,
        deadline,
        form_id: form.id,
        form_version: form.version,
        form_hash: form.hash,
        scope,
        opened_at: openedAt,
        snapshots: 0,
      }),
    },
    CampaignDeadlineMoved: { keys, fold: (row, { data: { deadline } }) => row && { ...row, deadline } },
    CampaignClosed: { keys, fold: (row) => row && { ...row, status: 'closed' } },
    SnapshotSealed: { keys, fold: (row, { data: { snapshot } }) => row && { ...row, snapshots: snapshot } },
  },
});

/** The form's content lies apart, so that a list of campaigns does not drag it along. */
@Entity('campaign_form')
export class CampaignForm {
  @PrimaryColumn('text') tenant_id!: string;
  @PrimaryColumn('int') school_year!: number;
  @Column('jsonb') content!: Form;
}

export const campaignFormView = view<CampaignForm, CampaignEvent>(CampaignForm, {
  name: 'campaign-form',
  version: 1,
  visibleToSchools: true,
  on: { CampaignOpened: { keys, fold: (_row, { data: { form } }) => ({ content: form.content }) } },
});
