import { view } from '@junheng/views';
import type { Stage } from '@junheng/register-contract';
import type { CampaignEvent, CampaignScope, Form, SealedReturn } from '@junheng/reporting-contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A school year that a county has a campaign for: whose figures are expected. */
@Entity('evaluated_year')
export class EvaluatedYear {
  @PrimaryColumn('text') tenant_id!: string;
  @PrimaryColumn('int') school_year!: number;
  @Column('text') campaign!: string;
  @Column('text') as_of!: string;
  @Column('jsonb') scope!: CampaignScope;
  /** Between which enrolments the form expects a stage to lie: all that is known of a school that has not reported. */
  @Column('jsonb') enrolments!: Partial<Record<Stage, Enrolment>>;
}

export interface Enrolment {
  readonly low: string;
  readonly high: string;
}

const ENROLMENT_FIELDS: Readonly<Record<Stage, string>> = { primary: 'p_enrol', junior: 'j_enrol', senior: 's_enrol' };

/** The return's field that holds a stage's pupils. */
export const enrolmentField = (stage: Stage): string => ENROLMENT_FIELDS[stage];

function enrolments(form: Form): Partial<Record<Stage, Enrolment>> {
  const fields = form.sections.flatMap((section) => section.fields);
  const bands = Object.entries(ENROLMENT_FIELDS).flatMap(([stage, id]) => {
    const warn = fields.find((field) => field.id === id)?.warn;
    return warn?.below !== undefined && warn.above !== undefined
      ? [[stage, { low: warn.below, high: warn.above }] as const]
      : [];
  });
  return Object.fromEntries(bands);
}

export const evaluatedYearView = view<EvaluatedYear, CampaignEvent>(EvaluatedYear, {
  name: 'evaluated-year',
  version: 1,
  on: {
    CampaignOpened: {
      keys: ({ tenant, data }) => [{ tenant_id: tenant, school_year: data.schoolYear }],
      fold: (_row, { data: { campaign, asOf, scope, form } }, key) => ({
        ...key,
        campaign,
        as_of: asOf,
        scope,
        enrolments: enrolments(form.content),
      }),
    },
  },
});

/** A sealed snapshot (封存的数据): its figures never change, so neither does what is computed from them. */
@Entity('sealed_year')
export class SealedYear {
  @PrimaryColumn('text') tenant_id!: string;
  @PrimaryColumn('int') school_year!: number;
  @PrimaryColumn('int') snapshot!: number;
  @Column('jsonb') returns!: Readonly<Record<string, SealedReturn>>;
}

export const sealedYearView = view<SealedYear, CampaignEvent>(SealedYear, {
  name: 'sealed-year',
  version: 1,
  on: {
    SnapshotSealed: {
      keys: ({ tenant, data }) => [{ tenant_id: tenant, school_year: data.schoolYear, snapshot: data.snapshot }],
      fold: (_row, { data: { returns } }, key) => ({ ...key, returns }),
    },
  },
});
