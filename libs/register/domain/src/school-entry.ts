import { RuleViolation } from '@junheng/kernel';
import type { SchoolEvent } from '@junheng/register-contract';
import { demandDay, demandOrder } from './day.js';
import { demandName } from './name.js';
import { demandCountyCode } from './region-code.js';
import { demandOthers } from './reorganisation.js';
import { demandCategory, demandHomeProvince, demandSchoolCode } from './school-code.js';
import type { MoveSchoolIn, RegisterSchool } from './school-commands.js';
import { demandStatus, isSame, type SchoolState, standing } from './school-state.js';
import { stageUnits } from './stage-units.js';

/** How a school comes into a county's register for the first time. */
export function register(command: RegisterSchool, state: SchoolState): readonly SchoolEvent[] {
  const { type: _, county, absorbed, stages: stated, ...rest } = command;
  const facts = { ...rest, stages: stageUnits(command.schoolType, stated) };
  const { school, openedOn } = facts;
  if (state.status === 'open' && isSame({ type: '', ...state.facts }, { type: '', ...facts })) return [];
  if (state.status === 'open') {
    throw new RuleViolation('SCHOOL_EXISTS', `The school ${school} is registered already.`, {
      where: 'school',
      lockedBy: standing(state),
      remedy: 'Rename or reclassify it, or check the code.',
    });
  }
  if (state.status !== 'absent') {
    throw new RuleViolation('SCHOOL_CODE_VOID', `The code ${school} was used before and is never given again.`, {
      where: 'school',
      lockedBy: standing(state),
      remedy: 'Reopen the school if it is the same one; a new school needs a new code.',
    });
  }
  demandCountyCode(county, 'county');
  demandSchoolCode(school);
  demandHomeProvince(school, county);
  demandCategory(school, command.schoolType);
  demandName('SCHOOL', command.name);
  if (command.cluster !== null) demandName('CLUSTER', command.cluster, 'cluster');
  demandDay(openedOn, 'openedOn');

  const registered: SchoolEvent = { type: 'SchoolRegistered', ...facts };
  if (absorbed === undefined) return [registered];
  demandOthers(school, absorbed, 'absorbed');
  return [registered, { type: 'SchoolEnlarged', school, absorbed, effectiveOn: openedOn }];
}

/** How a school arrives from another county: with all of its facts, and with the code that it has. */
export function arrive(command: MoveSchoolIn, state: SchoolState): readonly SchoolEvent[] {
  const event: SchoolEvent = { ...command, type: 'SchoolMovedIn' };
  if (state.status !== 'absent') {
    if (isSame(event, state.last)) return [];
    demandStatus(state, 'moved-out');
    demandOrder('SCHOOL', command.effectiveOn, state.since);
  }
  return [event];
}
