import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { Figures, FigureValue } from './figures.scalar.js';

@ArgsType()
export class CampaignTargetArgs {
  @Field(() => ID, { description: 'The county, or the province that opens it for its counties' }) region!: string;
  @Field(() => Int) schoolYear!: number;
  @Field(() => ID) commandId!: string;
  @Field(() => Int, { nullable: true }) expectedVersion?: number | null;
}

@ArgsType()
export class ReturnTargetArgs {
  @Field(() => ID) county!: string;
  @Field(() => ID) school!: string;
  @Field(() => Int) schoolYear!: number;
  @Field(() => ID) commandId!: string;
  @Field(() => Int, { nullable: true }) expectedVersion?: number | null;
}

@InputType()
export class CampaignScopeInput {
  @Field(() => [ID], { nullable: true }) schools?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'School types of the register, such as "nine-year"' })
  types?: string[] | null;
  @Field(() => [String], { nullable: true }) clusters?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Prefixes of region codes' }) regions?: string[] | null;
}

@InputType()
export class OpenCampaignInput {
  @Field({ description: 'ISO time with its offset' }) deadline!: string;
  @Field(() => CampaignScopeInput, { nullable: true }) scope?: CampaignScopeInput | null;
}

@InputType()
export class MoveDeadlineInput {
  @Field() deadline!: string;
  @Field() reason!: string;
}

@InputType()
export class SaveSectionInput {
  @Field(() => ID) section!: string;
  @Field(() => Figures, { description: 'What is left out stays as it is' }) figures!: Record<string, unknown>;
}

@InputType()
export class AttachNoteInput {
  @Field(() => ID, { description: 'Made by the client' }) note!: string;
  @Field(() => ID, { nullable: true }) field?: string | null;
  @Field() text!: string;
}

@InputType()
export class ExplanationInput {
  @Field(() => ID, { description: 'The check of the finding, or "unknown"' }) check!: string;
  @Field(() => ID, { nullable: true, description: 'Every finding of the check when left out' }) field?: string | null;
  @Field() text!: string;
}

@InputType()
export class SubmitReturnInput {
  @Field(() => [ExplanationInput], { defaultValue: [] }) explanations!: ExplanationInput[];
}

@InputType()
export class ReturnReasonInput {
  @Field(() => ID) field!: string;
  @Field() code!: string;
  @Field() text!: string;
}

@InputType()
export class ReturnForCorrectionInput {
  @Field(() => [ReturnReasonInput]) reasons!: ReturnReasonInput[];
  @Field({ description: 'The last day, such as 2013-09-25' }) dueOn!: string;
}

@InputType()
export class ReasonInput {
  @Field() reason!: string;
}

@InputType()
export class ApproveReopeningInput {
  @Field({ description: 'ISO time with its offset' }) expiresAt!: string;
}

@InputType()
export class CorrectReturnInput {
  @Field(() => Figures) figures!: Record<string, unknown>;
  @Field() reason!: string;
  @Field(() => Int, { nullable: true, description: 'The approvedVersion that was looked at' })
  supersedes?: number | null;
}

@InputType()
export class SourcedFigureInput {
  @Field(() => FigureValue, { nullable: true }) value?: unknown;
  @Field() source!: string;
}

@InputType()
export class RecordFigureConflictInput {
  @Field(() => ID) field!: string;
  @Field(() => [SourcedFigureInput]) values!: SourcedFigureInput[];
}
