import { RuleViolation } from '@junheng/kernel';
import { Decimal } from '@junheng/service';
import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { StandardContent } from './standard-content.scalar.js';

@ArgsType()
export class CommandArgs {
  @Field(() => ID, { description: 'A UUID of the client’s own; sent again, it gives the first receipt.' })
  commandId!: string;
  @Field(() => Int, { nullable: true }) expectedVersion?: number;
}

@ArgsType()
export class CountyArgs extends CommandArgs {
  @Field(() => ID) county!: string;
}

@ArgsType()
export class RegionArgs extends CommandArgs {
  @Field(() => ID) region!: string;
}

@InputType()
export class PublishStandardInput {
  @Field(() => ID) standard!: string;
  @Field(() => StandardContent) content!: unknown;
}

@InputType()
export class AdoptStandardInput {
  @Field(() => ID) standard!: string;
  @Field(() => ID) version!: string;
  @Field(() => Int) fromSchoolYear!: number;
}

@InputType()
export class EndAdoptionInput {
  @Field(() => ID) standard!: string;
  @Field(() => Int) untilSchoolYear!: number;
}

@InputType()
export class ShortfallItemInput {
  @Field() item!: string;
  @Field() unit!: string;
  @Field(() => Decimal, { nullable: true, description: 'Null when its size is unknown.' }) amount!: string | null;
  @Field() source!: string;
}

@InputType()
export class RecordShortfallsInput {
  @Field(() => Int) schoolYear!: number;
  @Field(() => [ShortfallItemInput]) items!: ShortfallItemInput[];
}

@InputType()
export class RecordConditionInput {
  @Field(() => Int) schoolYear!: number;
  @Field(() => ID) condition!: string;
  @Field(() => Decimal, { nullable: true }) figure?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether the evidence was accepted.' })
  accepted?: boolean | null;
  @Field() source!: string;
}

/** What is recorded for a condition; neither withdraws what was known. */
export function conditionValue(
  figure: RecordConditionInput['figure'] | undefined,
  accepted: RecordConditionInput['accepted'] | undefined,
): string | boolean | null {
  if (figure != null && accepted != null) {
    throw new RuleViolation('BAD_USER_INPUT', 'A condition is a figure or accepted evidence, not both.', {
      where: 'input.figure',
    });
  }
  return figure ?? accepted ?? null;
}
