import { view } from '@junheng/views';
import type { CampaignEvent, SealedReturn } from '@junheng/reporting-contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A school year that a county is evaluated for, because there is a campaign. Whom it asks narrows nothing here. */
@Entity('evaluated_year')
export class EvaluatedYear {
  @PrimaryColumn('text') tenant_id!: string;
  @PrimaryColumn('int') school_year!: number;
  @Column('text') as_of!: string;
}

export const evaluatedYearView = view<EvaluatedYear, CampaignEvent>(EvaluatedYear, {
  name: 'evaluated-year',
  version: 2,
  on: {
    CampaignOpened: {
      keys: ({ tenant, data }) => [{ tenant_id: tenant, school_year: data.schoolYear }],
      fold: (_row, { data: { asOf } }, key) => ({ ...key, as_of: asOf }),
    },
  },
});

/** A sealed snapshot (封存的数据): its figures never change, so neither does what is computed from them. */
@Entity('sealed_year')
export class SealedYear {
  @PrimaryColumn('text') tenant_id!: string;
  @PrimaryColumn('int') school_year!: number;
  @PrimaryColumn('int') snapshot!: number;
  /** Where in the ledger it was sealed: what was told later is not in it. */
  @Column('int') sealed_at!: number;
  @Column('jsonb') returns!: Readonly<Record<string, SealedReturn>>;
}

export const sealedYearView = view<SealedYear, CampaignEvent>(SealedYear, {
  name: 'sealed-year',
  version: 2,
  on: {
    SnapshotSealed: {
      keys: ({ tenant, data }) => [{ tenant_id: tenant, school_year: data.schoolYear, snapshot: data.snapshot }],
      fold: (_row, { data: { returns }, position }, key) => ({ ...key, sealed_at: position, returns }),
    },
  },
});
