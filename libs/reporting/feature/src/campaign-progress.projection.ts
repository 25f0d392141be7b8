import type { SchoolType, Stage } from '@junheng/register-contract';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { type ReturnStatus, ReturnStatusName } from './reporting.enums.js';

@ObjectType({ description: 'How far a county has come with a school year’s returns' })
@Entity('campaign_progress')
export class CampaignProgress {
  @Field(() => ID, { name: 'county' }) @PrimaryColumn('text') tenant_id!: string;
  @Field(() => Int, { name: 'schoolYear' }) @PrimaryColumn('int') school_year!: number;
  @Field(() => Int, { description: 'Schools that the campaign asks' }) @Column('int') expected!: number;
  @Field(() => Int, { description: 'Nothing saved yet' }) @Column('int') missing!: number;
  @Field(() => Int, { description: 'Saved, not submitted' }) @Column('int') saved!: number;
  @Field(() => Int) @Column('int') submitted!: number;
  @Field(() => Int, { description: 'Sent back to the school' }) @Column('int') returned!: number;
  @Field(() => Int) @Column('int') approved!: number;
  @Field(() => Int, { description: 'With approved figures, even where the return is open again' })
  @Column('int')
  counted!: number;
}

@ObjectType({ description: 'A school that a campaign asks, and how far its return has come' })
@Entity('campaign_school')
export class CampaignSchool {
  @Field(() => ID, { name: 'county' }) @PrimaryColumn('text') tenant_id!: string;
  @Field(() => Int, { name: 'schoolYear' }) @PrimaryColumn('int') school_year!: number;
  @Field(() => ID, { name: 'school' }) @PrimaryColumn('text') school_code!: string;
  @Field() @Column('text') name!: string;
  @Field(() => String, { name: 'schoolType' }) @Column('text') school_type!: SchoolType;
  @Field(() => [String]) @Column('text', { array: true }) stages!: readonly Stage[];
  @Field(() => String, { nullable: true }) @Column('text', { nullable: true }) cluster!: string | null;
  @Field(() => ReturnStatusName) @Column('text') status!: ReturnStatus;
  @Field(() => Boolean) @Column('boolean') counted!: boolean;
}
