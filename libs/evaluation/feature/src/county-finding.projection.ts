import type { CountyConditionRecorded, ShortfallItem, ShortfallRecorded } from '@junheng/evaluation-domain';
import { view } from '@junheng/views';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Shortfalls that the county found at a school and no norm computes. */
@Entity('county_finding')
export class CountyFinding {
  @PrimaryColumn('text') tenant_id!: string;
  @PrimaryColumn('text') school_code!: string;
  @PrimaryColumn('int') school_year!: number;
  @Column('jsonb') items!: readonly ShortfallItem[];
}

export const countyFindingView = view<CountyFinding, ShortfallRecorded>(CountyFinding, {
  name: 'county-finding',
  version: 1,
  on: {
    ShortfallRecorded: {
      keys: ({ tenant, data }) => [{ tenant_id: tenant, school_code: data.school, school_year: data.schoolYear }],
      fold: (row, { data: { items } }, key) => {
        const found = new Set(items.map(({ item }) => item));
        return { ...key, items: [...(row?.items ?? []).filter(({ item }) => !found.has(item)), ...items] };
      },
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
