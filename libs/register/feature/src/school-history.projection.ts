import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { derivation } from '@junheng/views';
import {
  type Day,
  type RegionCode,
  type SchoolCode,
  type SchoolEvent,
  type SchoolStatus,
  type SchoolType,
  type Setting,
  type Sponsor,
  type Stage,
  stages as allStages,
} from '@junheng/register-contract';
import { SchoolStatusName, SchoolTypeName, SettingName, SponsorName, StageName } from './register.enums.js';
import { School, type SchoolPeriod } from './school.projection.js';

@ObjectType({ description: 'A school as it was from validFrom up to, but not on, validTo' })
@Entity('school_version')
@Index(['tenant_id', 'name', 'school_code'])
export class SchoolVersion {
  @Field(() => ID, { name: 'county' }) @PrimaryColumn('text') tenant_id!: RegionCode;
  @Field(() => ID, { name: 'code' }) @PrimaryColumn('text') school_code!: SchoolCode;
  @Field(() => String, { name: 'validFrom' }) @PrimaryColumn('date') valid_from!: Day;
  @Field(() => String, { name: 'validTo', nullable: true }) @Column('date', { nullable: true }) valid_to!: Day | null;
  @Field(() => SchoolStatusName) @Column('text') status!: SchoolStatus;
  @Field() @Column('text') name!: string;
  @Field(() => SchoolTypeName, { name: 'schoolType' }) @Column('text') school_type!: SchoolType;
  @Field(() => SponsorName) @Column('text') sponsor!: Sponsor;
  @Field(() => SettingName) @Column('text') setting!: Setting;
  @Field(() => String, { nullable: true }) @Column('text', { nullable: true }) cluster!: string | null;
  @Field(() => [StageName]) @Column('text', { array: true }) stages!: readonly Stage[];
  @Field(() => String, { description: 'The event that began this version' })
  @Column('text')
  change!: SchoolEvent['type'];
  @Field(() => [ID], { description: 'The schools, or for a move the county, that took part in the change' })
  @Column('text', { array: true })
  others!: readonly string[];
}

@ObjectType({ description: '学段单位: a stage that an open school was counted as, from validFrom up to validTo' })
@Entity('stage_unit')
export class StageUnit {
  @Field(() => ID, { name: 'county' }) @PrimaryColumn('text') tenant_id!: RegionCode;
  @Field(() => ID, { name: 'school' }) @PrimaryColumn('text') school_code!: SchoolCode;
  @Field(() => StageName) @PrimaryColumn('text') stage!: Stage;
  @Field(() => String, { name: 'validFrom' }) @PrimaryColumn('date') valid_from!: Day;
  @Field(() => String, { name: 'validTo', nullable: true }) @Column('date', { nullable: true }) valid_to!: Day | null;
}

export const schoolHistory = derivation({
  name: 'school-history',
  version: 1,
  tables: [SchoolVersion, StageUnit],
  from: [School],
  group: ({ tenant_id, school_code }) => ({ tenant_id, school_code }),
  async compute(group, read) {
    const [school] = await read.find(School, group);
    const history = school?.history ?? [];
    const units = allStages.flatMap((stage) =>
      periodsOf(stage, history).map((period) => ({ ...group, stage, ...period })),
    );
    return [
      { table: SchoolVersion, rows: history.map((period) => ({ ...group, ...period })) },
      { table: StageUnit, rows: units },
    ];
  },
});

/** Versions that follow each other day by day are one stretch of being counted. */
function periodsOf(stage: Stage, history: readonly SchoolPeriod[]): Pick<SchoolPeriod, 'valid_from' | 'valid_to'>[] {
  const periods: Pick<SchoolPeriod, 'valid_from' | 'valid_to'>[] = [];
  for (const { status, stages, valid_from, valid_to } of history) {
    if (status !== 'open' || !stages.includes(stage)) continue;
    const last = periods.at(-1);
    if (last?.valid_to === valid_from) periods[periods.length - 1] = { ...last, valid_to };
    else periods.push({ valid_from, valid_to });
  }
  return periods;
}
