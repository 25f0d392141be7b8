import type { Who } from '@junheng/event-store';
import { Caller, Receipt } from '@junheng/service';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { OnAnnualReturn } from './annual-return.handler.js';
import {
  ApproveReopeningInput,
  AttachNoteInput,
  CorrectReturnInput,
  ReasonInput,
  RecordFigureConflictInput,
  ReturnForCorrectionInput,
  ReturnTargetArgs,
  SaveSectionInput,
  SubmitReturnInput,
} from './reporting.args.js';
import { stated } from './stated.js';

@Resolver()
export class AnnualReturnResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => Receipt)
  saveSection(
    @Args() args: ReturnTargetArgs,
    @Args('input') { section, figures }: SaveSectionInput,
    @Caller() who: Who,
  ): Promise<Receipt> {
    return this.commands.execute(new OnAnnualReturn(target(args), { type: 'SaveSection', section, figures }, who));
  }

  @Mutation(() => Receipt)
  attachNote(
    @Args() args: ReturnTargetArgs,
    @Args('input') { note, field = null, text }: AttachNoteInput,
    @Caller() who: Who,
  ): Promise<Receipt> {
    return this.commands.execute(new OnAnnualReturn(target(args), { type: 'AttachNote', note, field, text }, who));
  }

  @Mutation(() => Receipt)
  submitReturn(
    @Args() args: ReturnTargetArgs,
    @Args('input', { defaultValue: { explanations: [] } }) input: SubmitReturnInput,
    @Caller() who: Who,
  ): Promise<Receipt> {
    const explanations = input.explanations.map(({ check, field = null, text }) => ({ check, field, text }));
    return this.commands.execute(new OnAnnualReturn(target(args), { type: 'SubmitReturn', explanations }, who));
  }

  @Mutation(() => Receipt, { description: 'Sends a return back to the school, with a reason for each field' })
  returnForCorrection(
    @Args() args: ReturnTargetArgs,
    @Args('input') { reasons, dueOn }: ReturnForCorrectionInput,
    @Caller() who: Who,
  ): Promise<Receipt> {
    const plain = reasons.map(({ field, code, text }) => ({ field, code, text }));
    const wish = { type: 'ReturnForCorrection', reasons: plain, dueOn } as const;
    return this.commands.execute(new OnAnnualReturn(target(args), wish, who));
  }

  @Mutation(() => Receipt)
  approveReturn(@Args() args: ReturnTargetArgs, @Caller() who: Who): Promise<Receipt> {
    return this.commands.execute(new OnAnnualReturn(target(args), { type: 'ApproveReturn' }, who));
  }

  @Mutation(() => Receipt)
  requestReopening(
    @Args() args: ReturnTargetArgs,
    @Args('input') { reason }: ReasonInput,
    @Caller() who: Who,
  ): Promise<Receipt> {
    const wish = { type: 'RequestReopening', reason, requestedBy: who.actor } as const;
    return this.commands.execute(new OnAnnualReturn(target(args), wish, who));
  }

  @Mutation(() => Receipt, { description: 'By someone else than who asked for it; it ends by itself' })
  approveReopening(
    @Args() args: ReturnTargetArgs,
    @Args('input') { expiresAt }: ApproveReopeningInput,
    @Caller() who: Who,
  ): Promise<Receipt> {
    const wish = { type: 'ApproveReopening', approvedBy: who.actor, expiresAt } as const;
    return this.commands.execute(new OnAnnualReturn(target(args), wish, who));
  }

  @Mutation(() => Receipt)
  declineReopening(
    @Args() args: ReturnTargetArgs,
    @Args('input') { reason }: ReasonInput,
    @Caller() who: Who,
  ): Promise<Receipt> {
    const wish = { type: 'DeclineReopening', declinedBy: who.actor, reason } as const;
    return this.commands.execute(new OnAnnualReturn(target(args), wish, who));
  }

  @Mutation(() => Receipt, { description: 'Replaces approved figures; sealed snapshots stay as they are' })
  correctReturn(
    @Args() args: ReturnTargetArgs,
    @Args('input') { figures, reason, supersedes }: CorrectReturnInput,
    @Caller() who: Who,
  ): Promise<Receipt> {
    const wish = { type: 'CorrectReturn', figures, reason, ...stated({ supersedes }) } as const;
    return this.commands.execute(new OnAnnualReturn(target(args), wish, who));
  }

  @Mutation(() => Receipt)
  recordFigureConflict(
    @Args() args: ReturnTargetArgs,
    @Args('input') { field, values }: RecordFigureConflictInput,
    @Caller() who: Who,
  ): Promise<Receipt> {
    const sources = values.map(({ value = null, source }) => ({ value, source }));
    const wish = { type: 'RecordFigureConflict', field, values: sources } as const;
    return this.commands.execute(new OnAnnualReturn(target(args), wish, who));
  }
}

/** The arguments of an operation hold its input too, which is no part of the target. */
function target({ county, school, schoolYear, commandId, expectedVersion }: ReturnTargetArgs) {
  return { county, school, schoolYear, commandId, ...stated({ expectedVersion }) };
}
