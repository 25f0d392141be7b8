import { view } from '@junheng/views';
import type { RegionEvent, RegionKind } from '@junheng/register-contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How a comparison names a county; the register keeps the county itself. */
@Entity('evaluated_county')
export class EvaluatedCounty {
  @PrimaryColumn('text') tenant_id!: string;
  @Column('text') name!: string;
  @Column('text') kind!: RegionKind;
}

export const evaluatedCountyView = view<EvaluatedCounty, RegionEvent>(EvaluatedCounty, {
  name: 'evaluated-county',
  version: 1,
  visibleToSchools: true,
  on: {
    RegionRegistered: {
      keys: ({ tenant, data }) => (data.code === tenant ? [{ tenant_id: tenant }] : []),
      fold: (_row, { data: { name, kind } }, key) => ({ ...key, name, kind }),
    },
    RegionRenamed: {
      keys: ({ tenant, data }) => (data.code === tenant ? [{ tenant_id: tenant }] : []),
      fold: (row, { data: { name } }, key) => ({ ...key, ...row, name }),
    },
  },
});
