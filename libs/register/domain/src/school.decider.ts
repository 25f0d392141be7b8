import { type Decider, RuleViolation } from '@junheng/kernel';
import type { RegionCode, SchoolEvent, SchoolFacts, SchoolType } from '@junheng/register-contract';
import { demandOrder } from './day.js';
import { demandName } from './name.js';
import { demandCountyCode } from './region-code.js';
import { demandOthers } from './reorganisation.js';
import { categoryFits } from './school-code.js';
import type { SchoolChange, SchoolCommand } from './school-commands.js';
import { arrive, register } from './school-entry.js';
import { demandStatus, isSame, type SchoolState } from './school-state.js';
import { stageUnits } from './stage-units.js';

export const school: Decider<SchoolState, SchoolCommand, SchoolEvent> = {
  initial: { status: 'absent' },

  decide(command, state) {
    if (command.type === 'RegisterSchool') return register(command, state);
    if (command.type === 'MoveSchoolIn') return arrive(command, state);
    if (state.status === 'absent') {
      throw new RuleViolation('SCHOOL_UNKNOWN', 'There is no such school in this county.', {
        where: 'school',
        remedy: 'Register it first, or check the code.',
      });
    }
    const event = change(command, state.facts);
    if (event === undefined || isSame(event, state.last)) return [];
    if (command.type === 'ReopenSchool') demandStatus(state, 'closed', 'absorbed', 'split');
    else demandStatus(state, 'open');
    demandOrder('SCHOOL', command.effectiveOn, state.since);
    return [event];
  },

  evolve(state, event) {
    if (event.type === 'SchoolRegistered') {
      const { type: _, ...facts } = event;
      return { status: 'open', facts, since: event.openedOn, last: event };
    }
    if (event.type === 'SchoolMovedIn') {
      const { type: _, from: __, effectiveOn, ...facts } = event;
      return { status: 'open', facts, since: effectiveOn, last: event };
    }
    if (state.status === 'absent') return state;

    const { facts } = state;
    const changed = { ...state, since: event.effectiveOn, last: event };
    switch (event.type) {
      case 'SchoolRenamed':
        return { ...changed, facts: { ...facts, name: event.name } };
      case 'SchoolReclassified': {
        const { schoolType, sponsor, setting, stages } = event;
        return { ...changed, facts: { ...facts, schoolType, sponsor, setting, stages } };
      }
      case 'SchoolAssignedToCluster':
        return { ...changed, facts: { ...facts, cluster: event.cluster } };
      case 'SchoolEnlarged':
        return changed;
      case 'SchoolSplit':
        return event.into.includes(event.school) ? changed : { ...changed, status: 'split' };
      case 'SchoolAbsorbed':
        return { ...changed, status: 'absorbed' };
      case 'SchoolMovedOut':
        return { ...changed, status: 'moved-out' };
      case 'SchoolClosed':
        return { ...changed, status: 'closed' };
      case 'SchoolReopened':
        return { ...changed, status: 'open' };
    }
  },
};

/** What a change amounts to; `undefined` when the school is so already. */
function change(command: SchoolChange, facts: SchoolFacts): SchoolEvent | undefined {
  const { school } = facts;
  const { effectiveOn } = command;
  switch (command.type) {
    case 'RenameSchool': {
      const { name } = command;
      demandName('SCHOOL', name);
      return name === facts.name ? undefined : { type: 'SchoolRenamed', school, name, effectiveOn };
    }
    case 'ReclassifySchool': {
      const { schoolType, sponsor, setting } = command;
      const stages = stageUnits(schoolType, command.stages);
      demandSameCategory(schoolType, facts);
      const event = { type: 'SchoolReclassified', school, schoolType, sponsor, setting, stages, effectiveOn } as const;
      const { school: _, name: __, cluster: ___, openedOn: ____, ...classes } = facts;
      return isSame(event, { ...event, ...classes }) ? undefined : event;
    }
    case 'AssignSchoolToCluster': {
      const { cluster } = command;
      if (cluster !== null) demandName('CLUSTER', cluster, 'cluster');
      return cluster === facts.cluster ? undefined : { type: 'SchoolAssignedToCluster', school, cluster, effectiveOn };
    }
    case 'AbsorbSchool':
      demandOthers(school, [command.into], 'into');
      return { type: 'SchoolAbsorbed', school, into: command.into, effectiveOn };
    case 'EnlargeSchool':
      demandOthers(school, command.absorbed, 'absorbed');
      return { type: 'SchoolEnlarged', school, absorbed: command.absorbed, effectiveOn };
    case 'SplitSchool':
      demandOthers(
        school,
        command.into.filter((part) => part !== school),
        'into',
      );
      return { type: 'SchoolSplit', school, into: command.into, effectiveOn };
    case 'MoveSchoolOut':
      demandDestination(command.from, command.to);
      return { ...facts, type: 'SchoolMovedOut', to: command.to, effectiveOn };
    case 'CloseSchool':
      demandReason(command.reason);
      return { type: 'SchoolClosed', school, effectiveOn, reason: command.reason };
    case 'ReopenSchool':
      return { type: 'SchoolReopened', school, effectiveOn };
  }
}

/** A new category means a new code, and a new code is a new school: the old code is void. */
function demandSameCategory(schoolType: SchoolType, { school }: SchoolFacts): void {
  if (categoryFits(school, schoolType)) return;
  throw new RuleViolation('SCHOOL_CATEGORY_CHANGED', `The code ${school} cannot be that of a ${schoolType} school.`, {
    where: 'schoolType',
    lockedBy: `the category ${school.slice(0, 2)} of its code`,
    remedy: 'Register the school that it becomes under a new code and merge this one into it.',
  });
}

function demandReason(reason: string): void {
  if (reason.trim() !== '') return;
  throw new RuleViolation('SCHOOL_REASON_MISSING', 'A school is closed for a reason.', {
    where: 'reason',
    remedy: 'State why it is closed.',
  });
}

function demandDestination(from: RegionCode, to: RegionCode): void {
  demandCountyCode(to, 'to');
  if (to !== from) return;
  throw new RuleViolation('SCHOOL_ALREADY_THERE', `The school lies in ${to} already.`, {
    where: 'to',
    remedy: 'Name another county.',
  });
}
