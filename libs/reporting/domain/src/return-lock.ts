import { RuleViolation } from '@junheng/kernel';
import type { AnnualReturnState } from './annual-return-state.js';
import type { ReturnContext } from './annual-return-commands.js';
import { campaignClosed, demandCampaign, type KnownCampaign } from './campaign.decider.js';

/** What a lock depends on; a read model keeps as much. */
export type Lockable = Pick<AnnualReturnState, 'status' | 'approved' | 'dueOn' | 'reopening'>;

const REOPEN = 'Ask for a reopening with a reason; someone else of the county grants it for a time.';

/** Why the school cannot change its return now, or undefined when it can. The refusal names what lifts it. */
export function lockOf(
  state: Lockable,
  { now, campaign: known }: Pick<ReturnContext, 'now' | 'campaign'>,
): RuleViolation | undefined {
  const campaign = demandCampaign(known);
  if (campaign.snapshots > 0) return campaignClosed(campaign);
  if (state.status === 'submitted') {
    return locked('RETURN_SUBMITTED', 'The return is with the county.', 'the submission', {
      remedy: 'Ask the county to return it with its reasons.',
    });
  }
  if (isReopened(state, now)) return undefined;
  if (campaign.status === 'closed') return campaignClosed(campaign);
  if (isApproved(state) || isPast(lastMoment(state, campaign), now)) return expired(state) ?? lapsed(state, campaign);
  return undefined;
}

export function isReopened({ reopening }: Lockable, now: string): boolean {
  return reopening?.status === 'granted' && !isPast(reopening.expiresAt, now);
}

const isApproved = ({ approved, status }: Lockable): boolean => approved !== null && status !== 'returned';

const isPast = (moment: string, now: string): boolean => Date.parse(now) > Date.parse(moment);

/** A returned return stays open until its due date, though the campaign's deadline has passed. */
function lastMoment({ status, dueOn }: Lockable, { deadline }: KnownCampaign): string {
  if (status !== 'returned' || dueOn === null) return deadline;
  const due = endOfDay(dueOn);
  return isPast(deadline, due) ? due : deadline;
}

/** A day of the schools' calendar ends in Beijing time. */
export const endOfDay = (day: string): string => `${day}T23:59:59.999+08:00`;

function expired({ reopening }: Lockable): RuleViolation | undefined {
  if (reopening?.status !== 'granted') return undefined;
  const { expiresAt } = reopening;
  return locked('REOPENING_EXPIRED', `The reopening ended at ${expiresAt}.`, `the reopening's end at ${expiresAt}`, {
    remedy: 'Ask for a new reopening.',
    expiresAt,
  });
}

function lapsed(state: Lockable, campaign: KnownCampaign): RuleViolation {
  if (isApproved(state)) {
    const lockedBy = `the approval at version ${state.approved?.version}`;
    const remedy = `${REOPEN} The county itself may correct a figure.`;
    return locked('RETURN_APPROVED', 'The return has been approved.', lockedBy, { remedy });
  }
  const last = lastMoment(state, campaign);
  return locked('DEADLINE_PASSED', `The last moment was ${last}.`, `the deadline ${last}`, {
    remedy: `${REOPEN} The ${campaign.openedAt} may also move the deadline.`,
    deadline: last,
  });
}

function locked(code: string, message: string, lockedBy: string, rest: { remedy: string; [key: string]: string }) {
  return new RuleViolation(code, `${message} ${rest.remedy}`, { where: 'return', lockedBy, ...rest });
}
