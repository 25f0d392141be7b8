import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '@junheng/event-store';
import type { SchoolMovedOut } from '@junheng/register-contract';
import { schoolMove } from './school-move.process.js';

const movedOut: RecordedEvent<Omit<SchoolMovedOut, 'type'>> = {
  tenant: '420323',
  position: 17,
  stream: 'school-2142000101',
  version: 2,
  type: 'SchoolMovedOut',
  typeVersion: 1,
  data: {
    school: '2142000101',
    name: '擂鼓镇小学',
    schoolType: 'primary',
    sponsor: 'county',
    setting: 'town',
    cluster: '擂鼓学区',
    stages: ['primary'],
    openedOn: '1998-09-01',
    to: '420324',
    effectiveOn: '2014-09-01',
  },
  meta: { actor: 'b0c1', role: 'county-admin', correlationId: 'c-1' },
  commandId: '7f0e0f0a-0000-4000-8000-000000000001',
  recordedAt: '2014-08-20T01:00:00.000000Z',
};

describe('A move between counties', () => {
  it('lets the other county take the school in, with all of its facts but the cluster', () => {
    const { to, ...facts } = movedOut.data;
    expect(schoolMove.on.SchoolMovedOut?.(movedOut)).toMatchObject([
      {
        target: { county: to, school: '2142000101' },
        command: { ...facts, type: 'MoveSchoolIn', cluster: null, from: '420323' },
      },
    ]);
  });

  it('is the same command however often the event is read', () => {
    const ids = [movedOut, movedOut, { ...movedOut, position: 18 }]
      .flatMap((event) => schoolMove.on.SchoolMovedOut?.(event) ?? [])
      .map(({ target }) => target.commandId);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).not.toBe(ids[2]);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('says who caused it, and acts in the other county alone', () => {
    expect(schoolMove.on.SchoolMovedOut?.(movedOut)).toMatchObject([
      {
        who: {
          actor: 'process:school-move',
          scope: { region: '420324' },
          onBehalfOf: 'b0c1',
          correlationId: 'c-1',
          causationId: '420323/17',
        },
      },
    ]);
  });
});
