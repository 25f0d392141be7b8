import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import type { RegionKind } from '@junheng/register-contract';
import { RegionKindName } from './register.enums.js';

@ArgsType()
export class RegionTargetArgs {
  @Field(() => ID) region!: string;
  @Field(() => ID) commandId!: string;
  @Field(() => Int, { nullable: true }) expectedVersion?: number | null;
}

@InputType()
export class RegisterRegionInput {
  @Field() name!: string;
  @Field(() => RegionKindName) kind!: RegionKind;
  @Field(() => ID, { nullable: true }) parent?: string | null;
  @Field() validFrom!: string;
}

@InputType()
export class RenameRegionInput {
  @Field() name!: string;
  @Field() effectiveOn!: string;
}

@InputType()
export class MoveRegionInput {
  @Field(() => ID) parent!: string;
  @Field() effectiveOn!: string;
}

@InputType()
export class AbolishRegionInput {
  @Field(() => [ID]) successors!: string[];
  @Field() effectiveOn!: string;
}
