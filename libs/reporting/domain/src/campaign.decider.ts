import { type Decider, RuleViolation } from '@junheng/kernel';
import { type SchoolFacts, schoolTypes } from '@junheng/register-contract';
import type {
  CampaignEvent,
  CampaignOpened,
  CampaignScope,
  FormInForce,
  SealedReturn,
} from '@junheng/reporting-contract';
import { demandReason } from './free-text.js';
import { formFaults } from './form-faults.js';

export type CampaignCommand = OpenCampaign | MoveDeadline | CloseCampaign | SealSnapshot;

/** Like every `context` of a command: looked up by the handler, and no part of what the caller asked for. */
interface AtMoment {
  readonly now: string;
}

export interface OpenCampaign {
  readonly type: 'OpenCampaign';
  readonly schoolYear: number;
  readonly form: FormInForce;
  readonly deadline: string;
  readonly scope: CampaignScope;
  readonly openedAt: CampaignOpened['openedAt'];
  readonly context: AtMoment;
}

export interface MoveDeadline {
  readonly type: 'MoveDeadline';
  readonly deadline: string;
  readonly reason: string;
  readonly movedAt: CampaignOpened['openedAt'];
  readonly context: AtMoment;
}

export interface CloseCampaign {
  readonly type: 'CloseCampaign';
}

export interface SealSnapshot {
  readonly type: 'SealSnapshot';
  readonly context: {
    /** Approved returns by school, as they stand when the command is sent. */
    readonly returns: Readonly<Record<string, SealedReturn>>;
    /** SHA-256 of their canonical JSON. */
    readonly hash: string;
  };
}

export type CampaignState = { readonly status: 'absent' } | KnownCampaign;

export interface KnownCampaign extends Pick<
  CampaignOpened,
  'campaign' | 'schoolYear' | 'asOf' | 'form' | 'deadline' | 'scope' | 'openedAt'
> {
  readonly status: 'open' | 'closed';
  readonly snapshots: number;
  readonly lastSeal: string | null;
}

export const campaignId = (schoolYear: number): string => `annual-${schoolYear}`;

/** 填报任务: a school year's return with its form, deadline and scope. */
export const campaign: Decider<CampaignState, CampaignCommand, CampaignEvent> = {
  initial: { status: 'absent' },

  decide(command, state) {
    if (command.type === 'OpenCampaign') return open(command, state);
    const { campaign, schoolYear } = demandCampaign(state);
    switch (command.type) {
      case 'MoveDeadline':
        return moveDeadline(command, demandCampaign(state));
      case 'CloseCampaign':
        return state.status === 'closed' ? [] : [{ type: 'CampaignClosed', campaign, schoolYear }];
      case 'SealSnapshot':
        return seal(command, demandCampaign(state));
    }
  },

  evolve(state, event) {
    if (event.type === 'CampaignOpened') {
      const { type: _, ...opened } = event;
      return { ...opened, status: 'open', snapshots: 0, lastSeal: null };
    }
    if (state.status === 'absent') return state;
    switch (event.type) {
      case 'CampaignDeadlineMoved':
        return { ...state, deadline: event.deadline };
      case 'CampaignClosed':
        return { ...state, status: 'closed' };
      case 'SnapshotSealed':
        return { ...state, snapshots: event.snapshot, lastSeal: event.hash };
    }
  },
};

export function demandCampaign(state: CampaignState): KnownCampaign {
  if (state.status !== 'absent') return state;
  throw new RuleViolation('CAMPAIGN_NOT_OPEN', 'No campaign has been opened for this school year.', {
    where: 'campaign',
    remedy: 'The county or the province opens the campaign first.',
  });
}

function open(command: OpenCampaign, state: CampaignState): readonly CampaignEvent[] {
  const { schoolYear, form, deadline, scope, openedAt } = command;
  if (state.status !== 'absent') {
    if (state.form.hash === form.hash && sameScope(state.scope, scope) && state.openedAt === openedAt) return [];
    throw new RuleViolation(
      'CAMPAIGN_ALREADY_OPEN',
      `The campaign of ${schoolYear} exists with another form or scope.`,
      {
        where: 'campaign',
        lockedBy: `${state.campaign}, opened by the ${state.openedAt}`,
        remedy: 'Move its deadline, or use the one that exists.',
      },
    );
  }
  if (!Number.isInteger(schoolYear) || schoolYear < 1986 || schoolYear > 2200) {
    throw new RuleViolation('SCHOOL_YEAR_INVALID', `${schoolYear} is no school year.`, {
      where: 'schoolYear',
      remedy: 'Give the year in which the school year begins, such as 2013.',
    });
  }
  demandFuture(deadline, command.context.now);
  demandScope(scope);
  const faults = formFaults(form.content);
  if (faults.length > 0) {
    throw new RuleViolation('FORM_INVALID', `The form cannot be used: ${faults[0]}`, { where: 'form', faults });
  }
  const campaign = campaignId(schoolYear);
  return [
    { type: 'CampaignOpened', campaign, schoolYear, asOf: `${schoolYear}-09-01`, form, deadline, scope, openedAt },
  ];
}

function moveDeadline(command: MoveDeadline, state: KnownCampaign): readonly CampaignEvent[] {
  const { deadline, reason } = command;
  if (deadline === state.deadline) return [];
  if (state.status === 'closed') throw campaignClosed(state);
  if (state.openedAt === 'province' && command.movedAt === 'county') {
    throw new RuleViolation('DEADLINE_SET_BY_PROVINCE', 'The province opened this campaign and sets its deadline.', {
      where: 'deadline',
      lockedBy: 'the province',
      remedy: 'Ask the province to move it, or reopen the returns of single schools.',
    });
  }
  demandReason('reason', reason);
  demandFuture(deadline, command.context.now);
  const { campaign, schoolYear } = state;
  return [{ type: 'CampaignDeadlineMoved', campaign, schoolYear, deadline, reason }];
}

function seal({ context: { returns, hash } }: SealSnapshot, state: KnownCampaign): readonly CampaignEvent[] {
  if (hash === state.lastSeal) return [];
  if (state.status === 'open') {
    throw new RuleViolation('CAMPAIGN_NOT_CLOSED', 'Figures are sealed once nobody can change them.', {
      where: 'campaign',
      lockedBy: `the campaign is open until ${state.deadline}`,
      remedy: 'Close the campaign first.',
    });
  }
  if (Object.keys(returns).length === 0) {
    throw new RuleViolation('SNAPSHOT_EMPTY', 'No return has been approved.', {
      where: 'returns',
      remedy: 'Approve returns first.',
    });
  }
  const { campaign, schoolYear, snapshots } = state;
  return [{ type: 'SnapshotSealed', campaign, schoolYear, snapshot: snapshots + 1, returns, hash }];
}

function demandFuture(deadline: string, now: string): void {
  const at = Date.parse(deadline);
  if (Number.isNaN(at)) {
    throw new RuleViolation('DEADLINE_INVALID', `"${deadline}" is no time.`, {
      where: 'deadline',
      remedy: 'Give an ISO time with its offset, such as 2013-09-20T18:00:00+08:00.',
    });
  }
  if (at > Date.parse(now)) return;
  throw new RuleViolation('DEADLINE_IN_PAST', `The deadline ${deadline} has passed.`, {
    where: 'deadline',
    remedy: 'Give a time that is still to come.',
  });
}

export function campaignClosed({ campaign, snapshots }: KnownCampaign): RuleViolation {
  const sealed = snapshots > 0;
  return new RuleViolation(
    sealed ? 'SCHOOL_YEAR_SEALED' : 'CAMPAIGN_CLOSED',
    sealed ? 'The school year is sealed.' : 'The campaign is closed.',
    {
      where: campaign,
      lockedBy: sealed ? `snapshot ${snapshots} of ${campaign}` : `${campaign} was closed`,
      remedy: sealed
        ? 'The county corrects an approved figure; the sealed snapshot stays, the correction gives a new result.'
        : 'Ask the county to reopen this return, or to correct an approved figure.',
    },
  );
}

function demandScope({ schools = [], types = [], regions = [] }: CampaignScope): void {
  const wrong = [
    ...schools.filter((code) => !/^\d{10}$/.test(code)),
    ...types.filter((type) => !schoolTypes.includes(type)),
    ...regions.filter((code) => !/^(\d{2}){1,3}$/.test(code)),
  ];
  if (wrong.length === 0) return;
  throw new RuleViolation('SCOPE_INVALID', `The scope names what cannot be: ${wrong.slice(0, 5).join(', ')}.`, {
    where: 'scope',
    remedy: 'Give 10-digit school codes, school types of the register and region codes of 2, 4 or 6 digits.',
  });
}

/** Whether the campaign asks this school; the register's facts are those of the return's day. */
export function isInScope({ scope }: Pick<KnownCampaign, 'scope'>, school: SchoolFacts): boolean {
  return (
    (!scope.schools || scope.schools.includes(school.school)) &&
    (!scope.types || scope.types.includes(school.schoolType)) &&
    (!scope.clusters || (school.cluster !== null && scope.clusters.includes(school.cluster)))
  );
}

function sameScope(a: CampaignScope, b: CampaignScope): boolean {
  return (['schools', 'types', 'clusters', 'regions'] as const).every(
    (part) => JSON.stringify(a[part]) === JSON.stringify(b[part]),
  );
}
