import type { CountyConditionRecorded, ShortfallItem, ShortfallRecorded } from '@junheng/evaluation-domain';
import { view } from '@junheng/views';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Told } from './told-until.js';

export type FoundItem = ShortfallItem & Told;

/** Everything that the county ever found lacking at a school; of each item the last one holds. */
@Entity('county_finding')
export class CountyFinding {
  @PrimaryColumn('text') tenant_id!: string;
  @PrimaryColumn('text') school_code!: string;
  @PrimaryColumn('int') school_year!: number;
  @Column('jsonb') items!: readonly FoundItem[];
}

export const countyFindingView = view<CountyFinding, ShortfallRecorded>(CountyFinding, {
  name: 'county-finding',
  version: 2,
  on: {
    ShortfallRecorded: {
      keys: ({ tenant, data }) => [{ tenant_id: tenant, school_code: data.school, school_year: data.schoolYear }],
      fold: (row, { data: { items }, position }, key) => ({
        ...key,
        items: [...(row?.items ?? []), ...items.map((item) => ({ ...item, position }))],
      }),
    },
  },
});

/** What a county showed for the conditions that no school's figures decide: work score, satisfaction, evidence. */
@Entity('county_condition')
export class CountyCondition {
  @PrimaryColumn('text') tenant_id!: string;
  @PrimaryColumn('int') school_year!: number;
  @Column('jsonb') values!: Readonly<Record<string, string | boolean | null>>;
  @Column('jsonb') sources!: Readonly<Record<string, string>>;
}

export const countyConditionView = view<CountyCondition, CountyConditionRecorded>(CountyCondition, {
  name: 'county-condition',
  version: 1,
  on: {
    CountyConditionRecorded: {
      keys: ({ tenant, data }) => [{ tenant_id: tenant, school_year: data.schoolYear }],
      fold: (row, { data: { condition, value, source } }, key) => ({
        ...key,
        values: { ...row?.values, [condition]: value },
        sources: { ...row?.sources, [condition]: source },
      }),
    },
  },
});
