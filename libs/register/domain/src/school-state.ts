import { type Message, RuleViolation } from '@junheng/kernel';
import type { Day, SchoolEvent, SchoolFacts, SchoolStatus } from '@junheng/register-contract';

export type SchoolState = { readonly status: 'absent' } | KnownSchool;

export interface KnownSchool {
  readonly status: SchoolStatus;
  readonly facts: SchoolFacts;
  /** The day on which the last change took effect. */
  readonly since: Day;
  readonly last: SchoolEvent;
}

const REMEDIES: Readonly<Record<SchoolStatus, string>> = {
  open: 'Close it, merge it or split it first.',
  closed: 'Reopen it first: it gets its old code back.',
  absorbed: 'Change the school that it went up in, or reopen it: it gets its old code back.',
  split: 'Change the schools that it was split into, or reopen it: it gets its old code back.',
  'moved-out': 'Ask the county that it moved to.',
};

export function demandStatus(state: KnownSchool, ...allowed: readonly SchoolStatus[]): void {
  if (allowed.includes(state.status)) return;
  const code = state.status === 'open' ? 'SCHOOL_OPEN' : 'SCHOOL_NOT_OPEN';
  throw new RuleViolation(code, `The school has been ${state.status} since ${state.since}.`, {
    where: 'school',
    lockedBy: standing(state),
    remedy: REMEDIES[state.status],
  });
}

/** The event that made the school what it is, for whoever runs into it. */
export function standing(state: KnownSchool): string {
  return `${state.last.type} on ${state.since}`;
}

/** Events are compared by content: the order of their fields changes on the way through the database. */
export function isSame(event: Message, other: Message): boolean {
  return canonical(event) === canonical(other);
}

function canonical(event: Message): string {
  return JSON.stringify(event, Object.keys(event).sort());
}
