import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { derivation, view } from '@junheng/views';
import type { Day, RegionCode, RegionEvent, RegionKind } from '@junheng/register-contract';
import { RegionKindName } from './register.enums.js';

export interface RegionPeriod {
  readonly valid_from: Day;
  readonly valid_to: Day | null;
  readonly name: string;
  readonly parent: RegionCode | null;
}

@ObjectType({ description: '行政区划 as it is now' })
@Entity('region')
export class Region {
  @Field(() => ID, { name: 'code' }) @PrimaryColumn('text') tenant_id!: RegionCode;
  @Field() @Column('text') name!: string;
  @Field(() => RegionKindName) @Column('text') kind!: RegionKind;
  @Field(() => ID, { nullable: true }) @Column('text', { nullable: true }) parent!: RegionCode | null;
  @Field(() => String, { name: 'validFrom' }) @Column('date') valid_from!: Day;
  @Field(() => String, { name: 'validTo', nullable: true, description: 'The day of its abolition' })
  @Column('date', { nullable: true })
  valid_to!: Day | null;
  @Field(() => [ID], { description: 'The regions that took over its ground' })
  @Column('text', { array: true })
  successors!: readonly RegionCode[];
  @Column('jsonb') history!: readonly RegionPeriod[];
}

@ObjectType({ description: 'A region as it was from validFrom up to, but not on, validTo' })
@Entity('region_version')
export class RegionVersion {
  @Field(() => ID, { name: 'code' }) @PrimaryColumn('text') tenant_id!: RegionCode;
  @Field(() => String, { name: 'validFrom' }) @PrimaryColumn('date') valid_from!: Day;
  @Field(() => String, { name: 'validTo', nullable: true }) @Column('date', { nullable: true }) valid_to!: Day | null;
  @Field() @Column('text') name!: string;
  @Field(() => RegionKindName) @Column('text') kind!: RegionKind;
  @Field(() => ID, { nullable: true }) @Column('text', { nullable: true }) parent!: RegionCode | null;
}

const keys = (event: { readonly tenant: string }) => [{ tenant_id: event.tenant }];

export const regionView = view<Region, RegionEvent>(Region, {
  name: 'region',
  version: 1,
  visibleToSchools: true,
  on: {
    RegionRegistered: {
      keys,
      fold: (_, { data: { name, kind, parent, validFrom } }) => ({
        name,
        kind,
        parent,
        valid_from: validFrom,
        valid_to: null,
        successors: [],
        history: [{ valid_from: validFrom, valid_to: null, name, parent }],
      }),
    },
    RegionRenamed: { keys, fold: (row, { data: { name, effectiveOn } }) => row && amended(row, effectiveOn, { name }) },
    RegionMoved: {
      keys,
      fold: (row, { data: { parent, effectiveOn } }) => row && amended(row, effectiveOn, { parent }),
    },
    RegionAbolished: {
      keys,
      fold: (row, { data: { successors, effectiveOn } }) =>
        row && { ...row, successors, valid_to: effectiveOn, history: ended(row.history, effectiveOn) },
    },
  },
});

export const regionHistory = derivation({
  name: 'region-history',
  version: 1,
  visibleToSchools: true,
  tables: [RegionVersion],
  from: [Region],
  group: ({ tenant_id }) => ({ tenant_id }),
  async compute({ tenant_id }, read) {
    const [region] = await read.find(Region, { tenant_id });
    const rows = (region?.history ?? []).map((period) => ({ ...period, tenant_id, kind: region?.kind }));
    return [{ table: RegionVersion, rows }];
  },
});

function amended(row: Region, on: Day, change: Partial<Pick<Region, 'name' | 'parent'>>): Region {
  const { name, parent } = { ...row, ...change };
  const history = [...ended(row.history, on), { valid_from: on, valid_to: null, name, parent }];
  return { ...row, name, parent, history };
}

/** A period that would last no day is left out: the later of two changes on one day wins it. */
function ended(history: readonly RegionPeriod[], on: Day): readonly RegionPeriod[] {
  return history
    .filter((period) => period.valid_from < on)
    .map((period) => (period.valid_to === null ? { ...period, valid_to: on } : period));
}
