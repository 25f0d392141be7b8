import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { view } from '@junheng/views';
import type {
  Day,
  RegionCode,
  SchoolCode,
  SchoolEvent,
  SchoolFacts,
  SchoolStatus,
  SchoolType,
  Setting,
  Sponsor,
  Stage,
} from '@junheng/register-contract';
import { SchoolStatusName, SchoolTypeName, SettingName, SponsorName, StageName } from './register.enums.js';

export interface SchoolPeriod {
  readonly valid_from: Day;
  readonly valid_to: Day | null;
  readonly status: SchoolStatus;
  readonly name: string;
  readonly school_type: SchoolType;
  readonly sponsor: Sponsor;
  readonly setting: Setting;
  readonly cluster: string | null;
  readonly stages: readonly Stage[];
  readonly change: SchoolEvent['type'];
  readonly others: readonly string[];
}

@ObjectType({ description: '学校 as it is now, in the county that holds or held it' })
@Entity('school')
export class School {
  @Field(() => ID, { name: 'county' }) @PrimaryColumn('text') tenant_id!: RegionCode;
  @Field(() => ID, { name: 'code' }) @PrimaryColumn('text') school_code!: SchoolCode;
  @Field(() => SchoolStatusName) @Column('text') status!: SchoolStatus;
  @Field() @Column('text') name!: string;
  @Field(() => SchoolTypeName, { name: 'schoolType' }) @Column('text') school_type!: SchoolType;
  @Field(() => SponsorName) @Column('text') sponsor!: Sponsor;
  @Field(() => SettingName) @Column('text') setting!: Setting;
  @Field(() => String, { nullable: true }) @Column('text', { nullable: true }) cluster!: string | null;
  @Field(() => [StageName]) @Column('text', { array: true }) stages!: readonly Stage[];
  @Field(() => String, { name: 'openedOn' }) @Column('date') opened_on!: Day;
  @Column('jsonb') history!: readonly SchoolPeriod[];
}

type Change = Partial<Omit<SchoolPeriod, 'valid_from' | 'valid_to'>> & Pick<SchoolPeriod, 'change'>;

const keys = ({ tenant, data }: { readonly tenant: string; readonly data: { readonly school: SchoolCode } }) => [
  { tenant_id: tenant, school_code: data.school },
];

/** A change that touches nothing but what `patch` says, from the day on which it takes effect. */
const changed = <Data extends { readonly school: SchoolCode; readonly effectiveOn: Day }>(
  patch: (data: Data) => Change,
) => ({
  keys,
  fold: (row: School | undefined, { data }: { readonly data: Data }) =>
    row && amended(row, data.effectiveOn, patch(data)),
});

export const schoolView = view<School, SchoolEvent>(School, {
  name: 'school',
  version: 1,
  on: {
    SchoolRegistered: {
      keys,
      fold: (row, { data }) => entered(row, data, data.openedOn, { change: 'SchoolRegistered', others: [] }),
    },
    SchoolMovedIn: {
      keys,
      fold: (row, { data }) => entered(row, data, data.effectiveOn, { change: 'SchoolMovedIn', others: [data.from] }),
    },
    SchoolRenamed: changed(({ name }) => ({ change: 'SchoolRenamed', name })),
    SchoolReclassified: changed(({ schoolType, sponsor, setting, stages }) => ({
      change: 'SchoolReclassified',
      school_type: schoolType,
      sponsor,
      setting,
      stages,
    })),
    SchoolAssignedToCluster: changed(({ cluster }) => ({ change: 'SchoolAssignedToCluster', cluster })),
    SchoolEnlarged: changed(({ absorbed }) => ({ change: 'SchoolEnlarged', others: absorbed })),
    SchoolAbsorbed: changed(({ into }) => ({ change: 'SchoolAbsorbed', status: 'absorbed', others: [into] })),
    SchoolSplit: changed(({ school, into }) => ({
      change: 'SchoolSplit',
      status: into.includes(school) ? 'open' : 'split',
      others: into.filter((part) => part !== school),
    })),
    SchoolMovedOut: changed(({ to }) => ({ change: 'SchoolMovedOut', status: 'moved-out', others: [to] })),
    SchoolClosed: changed(() => ({ change: 'SchoolClosed', status: 'closed' })),
    SchoolReopened: changed(() => ({ change: 'SchoolReopened', status: 'open' })),
  },
});

function entered(
  row: School | undefined,
  facts: SchoolFacts,
  on: Day,
  change: Pick<SchoolPeriod, 'change' | 'others'>,
): Partial<School> {
  const { name, schoolType, sponsor, setting, cluster, stages, openedOn } = facts;
  const now = { status: 'open', name, school_type: schoolType, sponsor, setting, cluster, stages } as const;
  const history = [...ended(row?.history ?? [], on), { ...now, ...change, valid_from: on, valid_to: null }];
  return { ...now, opened_on: openedOn, history };
}

function amended(row: School, on: Day, { change, others = [], ...patch }: Change): Partial<School> {
  const { history, ...before } = row;
  const after = { ...before, ...patch };
  const { status, name, school_type, sponsor, setting, cluster, stages } = after;
  const period = { status, name, school_type, sponsor, setting, cluster, stages, change, others };
  return { ...after, history: [...ended(history, on), { ...period, valid_from: on, valid_to: null }] };
}

/** A period that would last no day is left out: the later of two changes on one day wins it. */
function ended(history: readonly SchoolPeriod[], on: Day): readonly SchoolPeriod[] {
  return history
    .filter((period) => period.valid_from < on)
    .map((period) => (period.valid_to === null ? { ...period, valid_to: on } : period));
}
