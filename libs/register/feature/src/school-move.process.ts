import { commandIdFrom, type Process, processWho } from '@junheng/processes';
import type { SchoolEvent } from '@junheng/register-contract';
import { OnSchool } from './school.handler.js';

/** 学校划转: what one county lets go, the other takes in, with its code and all of its facts. */
export const schoolMove: Process<SchoolEvent, OnSchool> = {
  name: 'school-move',
  on: {
    SchoolMovedOut: (event) => {
      const { to, ...facts } = event.data;
      return [
        new OnSchool(
          { county: to, school: facts.school, commandId: commandIdFrom('school-move', event) },
          // A cluster is the county's own, so it stays behind.
          { ...facts, type: 'MoveSchoolIn', cluster: null, from: event.tenant },
          processWho('school-move', to, event),
        ),
      ];
    },
  },
};
