import type { Figure, Figures as FiguresOf, Form } from '@junheng/reporting-contract';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Figures, FigureValue } from './figures.scalar.js';
import { Finding, ReturnForm } from './form.answer.js';
import { type ReturnStatus, ReturnStatusName } from './reporting.enums.js';

@ObjectType()
export class ReturnNoteAnswer {
  @Field(() => ID) note!: string;
  @Field(() => ID, { nullable: true }) field!: string | null;
  @Field() text!: string;
  @Field({ description: 'The role of whoever attached it' }) role!: string;
  @Field() at!: string;
}

@ObjectType()
export class ReturnReasonAnswer {
  @Field(() => ID) field!: string;
  @Field() code!: string;
  @Field() text!: string;
}

@ObjectType()
export class ExplanationAnswer {
  @Field(() => ID) check!: string;
  @Field(() => ID, { nullable: true }) field!: string | null;
  @Field() text!: string;
}

@ObjectType({ description: 'What changed since the last approval' })
export class FigureDifference {
  @Field(() => ID) field!: string;
  @Field(() => FigureValue, { nullable: true }) before!: Figure | undefined;
  @Field(() => FigureValue, { nullable: true }) after!: Figure | undefined;
  @Field(() => Boolean, { description: 'There was no figure before; `before: null` alone says "unknown"' })
  added!: boolean;
}

@ObjectType()
export class SourcedFigureAnswer {
  @Field(() => FigureValue, { nullable: true }) value!: Figure;
  @Field() source!: string;
}

@ObjectType({ description: 'Sources that name different figures for one fact' })
export class FigureConflict {
  @Field(() => ID) field!: string;
  @Field(() => [SourcedFigureAnswer]) values!: readonly SourcedFigureAnswer[];
}

@ObjectType({ description: 'Why the school cannot change its return now, and what would lift that' })
export class ReturnLock {
  @Field() code!: string;
  @Field() message!: string;
  @Field(() => String, { nullable: true }) lockedBy!: string | null;
  @Field(() => String, { nullable: true }) remedy!: string | null;
}

@ObjectType()
export class ReopeningAnswer {
  @Field({ description: 'requested, granted or expired' }) status!: string;
  @Field() reason!: string;
  @Field(() => String, { nullable: true }) expiresAt!: string | null;
}

@ObjectType('AnnualReturn', { description: '年报: one school’s figures of one school year' })
export class AnnualReturnAnswer {
  @Field(() => ID) county!: string;
  @Field(() => ID) school!: string;
  @Field(() => Int) schoolYear!: number;
  @Field() name!: string;
  @Field() schoolType!: string;
  @Field() sponsor!: string;
  @Field() setting!: string;
  @Field(() => String, { nullable: true }) cluster!: string | null;
  @Field(() => [String]) stages!: readonly string[];
  @Field(() => ReturnStatusName) status!: ReturnStatus;
  @Field(() => Int, { description: 'Give it to a mutation as `expectedVersion`' }) version!: number;
  @Field(() => Figures, { description: 'As entered' }) figures!: FiguresOf;
  @Field(() => Figures, { nullable: true, description: 'As counted' }) approvedFigures!: FiguresOf | null;
  @Field(() => Int, { nullable: true, description: 'Give it to a correction as `supersedes`' })
  approvedVersion!: number | null;
  @Field(() => [Finding], { description: 'Of the figures as entered, peers included where the caller sees them' })
  findings!: readonly Finding[];
  @Field(() => [ExplanationAnswer]) explanations!: readonly ExplanationAnswer[];
  @Field(() => [FigureDifference]) sinceApproval!: readonly FigureDifference[];
  @Field(() => [ReturnNoteAnswer]) notes!: readonly ReturnNoteAnswer[];
  @Field(() => [ReturnReasonAnswer]) reasons!: readonly ReturnReasonAnswer[];
  @Field(() => String, { nullable: true }) dueOn!: string | null;
  @Field(() => ReopeningAnswer, { nullable: true }) reopening!: ReopeningAnswer | null;
  @Field(() => [FigureConflict]) conflicts!: readonly FigureConflict[];
  @Field(() => ReturnLock, { nullable: true }) lock!: ReturnLock | null;
  @Field(() => String, { nullable: true }) lastRole!: string | null;
  @Field(() => String, { nullable: true }) changedAt!: string | null;
  @Field(() => ReturnForm, { description: 'What this school is asked' }) form!: Form;
}
