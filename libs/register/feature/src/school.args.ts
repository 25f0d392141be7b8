import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import type { SchoolType, Setting, Sponsor, Stage } from '@junheng/register-contract';
import { SchoolTypeName, SettingName, SponsorName, StageName } from './register.enums.js';

@ArgsType()
export class SchoolTargetArgs {
  @Field(() => ID) county!: string;
  @Field(() => ID) school!: string;
  @Field(() => ID) commandId!: string;
  @Field(() => Int, { nullable: true }) expectedVersion?: number | null;
}

@ArgsType()
export class MergeSchoolsArgs {
  @Field(() => ID) county!: string;
  @Field(() => ID) commandId!: string;
}

@ArgsType()
export class SplitSchoolArgs {
  @Field(() => ID) county!: string;
  @Field(() => ID) school!: string;
  @Field(() => ID) commandId!: string;
}

@InputType()
export class SchoolClassesInput {
  @Field(() => SchoolTypeName) schoolType!: SchoolType;
  @Field(() => SponsorName) sponsor!: Sponsor;
  @Field(() => SettingName) setting!: Setting;
  @Field(() => [StageName], { nullable: true, description: 'Without them, the stages of its type' })
  stages?: Stage[] | null;
}

@InputType()
export class RegisterSchoolInput extends SchoolClassesInput {
  @Field() name!: string;
  @Field(() => String, { nullable: true, description: '学区' }) cluster?: string | null;
  @Field() openedOn!: string;
}

@InputType({ description: 'A school that a merger or a division founds, on the day on which that takes effect' })
export class FoundedSchoolInput extends SchoolClassesInput {
  @Field(() => ID) code!: string;
  @Field() name!: string;
  @Field(() => String, { nullable: true }) cluster?: string | null;
}

@InputType()
export class RenameSchoolInput {
  @Field() name!: string;
  @Field() effectiveOn!: string;
}

@InputType()
export class ReclassifySchoolInput extends SchoolClassesInput {
  @Field() effectiveOn!: string;
}

@InputType()
export class AssignSchoolToClusterInput {
  @Field(() => String, { nullable: true, description: '`null` to leave its cluster' }) cluster?: string | null;
  @Field() effectiveOn!: string;
}

@InputType()
export class MergeSchoolsInput {
  @Field(() => ID, { description: 'The school that goes on: one of the old ones, or `founded`' }) into!: string;
  @Field(() => [ID]) absorbed!: string[];
  @Field(() => FoundedSchoolInput, { nullable: true }) founded?: FoundedSchoolInput | null;
  @Field() effectiveOn!: string;
}

@InputType()
export class SplitSchoolInput {
  @Field({ description: 'Whether the school goes on under its code' }) continues!: boolean;
  @Field(() => [FoundedSchoolInput]) founded!: FoundedSchoolInput[];
  @Field() effectiveOn!: string;
}

@InputType()
export class MoveSchoolInput {
  @Field(() => ID) to!: string;
  @Field() effectiveOn!: string;
}

@InputType()
export class CloseSchoolInput {
  @Field() reason!: string;
  @Field() effectiveOn!: string;
}

@InputType()
export class ReopenSchoolInput {
  @Field() effectiveOn!: string;
}
