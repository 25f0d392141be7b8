import { RuleViolation } from '@junheng/kernel';
import type { AnnualReturnEvent } from '@junheng/reporting-contract';
import type { ApproveReopening, DeclineReopening, RequestReopening } from './annual-return-commands.js';
import type { AnnualReturnState } from './annual-return-state.js';
import { campaignClosed } from './campaign.decider.js';
import { demandReason } from './free-text.js';
import { lockOf } from './return-lock.js';
import type { AskedSchool } from './submission.js';

type Event = readonly AnnualReturnEvent[];

export function requestReopening(command: RequestReopening, state: AnnualReturnState, asked: AskedSchool): Event {
  const { school, schoolYear, reason, requestedBy, context } = command;
  if (asked.campaign.snapshots > 0) throw campaignClosed(asked.campaign);
  if (state.reopening?.status === 'requested') {
    if (state.reopening.requestedBy === requestedBy && state.reopening.reason === reason) return [];
    throw new RuleViolation('REOPENING_PENDING', 'A reopening has been asked for already.', {
      where: 'reopening',
      lockedBy: 'a request that waits for an answer',
      remedy: 'Have it granted or declined first.',
    });
  }
  const lock = lockOf(state, context);
  if (lock?.code === 'RETURN_SUBMITTED') throw lock;
  if (!lock) {
    const remedy = 'Change the return right away.';
    throw new RuleViolation('REOPENING_NOT_NEEDED', `Nothing locks this return. ${remedy}`, {
      where: 'return',
      remedy,
    });
  }
  demandReason('reason', reason);
  return [{ type: 'ReopeningRequested', school, schoolYear, reason, requestedBy }];
}

export function approveReopening(command: ApproveReopening, state: AnnualReturnState): Event {
  const { school, schoolYear, approvedBy, expiresAt, context } = command;
  const { reopening } = state;
  if (reopening?.status === 'granted' && reopening.expiresAt === expiresAt) return [];
  if (reopening?.status !== 'requested') throw reopeningNotRequested();
  if (reopening.requestedBy === approvedBy) {
    throw new RuleViolation('REOPENING_SAME_PERSON', 'Whoever asks for a reopening does not grant it.', {
      where: 'approvedBy',
      lockedBy: 'the four-eyes rule',
      remedy: 'Have someone else of the county grant it.',
    });
  }
  if (!(Date.parse(expiresAt) > Date.parse(context.now))) {
    const remedy = 'Give an ISO time that is still to come.';
    throw new RuleViolation('REOPENING_EXPIRY_IN_PAST', `It would end at once. ${remedy}`, {
      where: 'expiresAt',
      remedy,
    });
  }
  return [{ type: 'ReopeningApproved', school, schoolYear, approvedBy, expiresAt }];
}

export function declineReopening(command: DeclineReopening, { reopening }: AnnualReturnState): Event {
  const { school, schoolYear, declinedBy, reason } = command;
  if (reopening?.status !== 'requested') throw reopeningNotRequested();
  demandReason('reason', reason);
  return [{ type: 'ReopeningDeclined', school, schoolYear, declinedBy, reason }];
}

function reopeningNotRequested(): RuleViolation {
  return new RuleViolation('REOPENING_NOT_REQUESTED', 'No reopening waits for an answer.', {
    where: 'reopening',
    remedy: 'Someone asks for it first, with a reason.',
  });
}
