import { view } from '@junheng/views';
import type { RegionEvent, RegionKind } from '@junheng/register-contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A region whose schools report: where a province's campaign is carried to. */
@Entity('asked_county')
export class AskedCounty {
  @PrimaryColumn('text') tenant_id!: string;
  @Column('text') kind!: RegionKind;
  @Column('boolean') abolished!: boolean;
}

const keys = ({ tenant }: { readonly tenant: string }) => [{ tenant_id: tenant }];

export const askedCountyView = view<AskedCounty, RegionEvent>(AskedCounty, {
  name: 'asked-county',
  version: 1,
  on: {
    RegionRegistered: { keys, fold: (_row, { data: { kind } }) => ({ kind, abolished: false }) },
    RegionAbolished: { keys, fold: (row) => row && { ...row, abolished: true } },
  },
});

const REPORTING: ReadonlySet<RegionKind> = new Set(['county', 'development-zone', 'corps']);

/** Development zones (开发区) and Corps units (兵团) report as counties do. */
export const hasSchools = (kind: RegionKind): boolean => REPORTING.has(kind);
