import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RecordedEvent } from '@junheng/event-store';
import { fold, RuleViolation } from '@junheng/kernel';
import type { SchoolEvent, Stage } from '@junheng/register-contract';
import { school as rules, type SchoolCommand, type SchoolState } from '@junheng/register-domain';
import { schoolHistory, SchoolVersion, StageUnit } from './school-history.projection.js';
import { type School, schoolView } from './school.projection.js';

const code = '3142000104';
const county = '420323';
const facts = { school: code, name: '擂鼓学校', sponsor: 'county', setting: 'town', cluster: null } as const;
const nineYear = { ...facts, schoolType: 'nine-year' } as const;
const registered: SchoolEvent = {
  ...nineYear,
  type: 'SchoolRegistered',
  stages: ['primary', 'junior'],
  openedOn: '1998-09-01',
};

/** The rows that a county has after these events. */
async function rowsAfter(...events: SchoolEvent[]) {
  let row: School | undefined;
  for (const { type, ...data } of events) {
    const recorded = { tenant: county, data } as unknown as RecordedEvent;
    const folding = schoolView.on.get(type);
    const [key] = folding?.keys(recorded) ?? [];
    row = { ...folding?.fold(row, recorded, key ?? {}), ...key } as School;
  }
  const group = { tenant_id: county, school_code: code };
  const tables = await schoolHistory.compute(group, { find: <Row>() => Promise.resolve((row ? [row] : []) as Row[]) });
  const rowsOf = <Row extends object>(table: new () => Row) =>
    tables.filter((one) => one.table === table).flatMap((one) => one.rows) as Row[];
  return { row, versions: rowsOf(SchoolVersion), units: rowsOf(StageUnit) };
}

const period = ({ valid_from, valid_to }: SchoolVersion | StageUnit) => [valid_from, valid_to];

describe('The history of a school', () => {
  it('has a version for each stretch between two changes', async () => {
    const { versions } = await rowsAfter(
      registered,
      { type: 'SchoolRenamed', school: code, name: '擂鼓九年制学校', effectiveOn: '2005-09-01' },
      { type: 'SchoolClosed', school: code, effectiveOn: '2010-09-01', reason: '生源不足' },
    );
    expect(versions.map((version) => [...period(version), version.status, version.name])).toEqual([
      ['1998-09-01', '2005-09-01', 'open', '擂鼓学校'],
      ['2005-09-01', '2010-09-01', 'open', '擂鼓九年制学校'],
      ['2010-09-01', null, 'closed', '擂鼓九年制学校'],
    ]);
  });

  it('gives a day with two changes to the later one', async () => {
    const { versions } = await rowsAfter(
      registered,
      { type: 'SchoolRenamed', school: code, name: '擂鼓九年制学校', effectiveOn: '2005-09-01' },
      { type: 'SchoolAssignedToCluster', school: code, cluster: '擂鼓学区', effectiveOn: '2005-09-01' },
    );
    expect(versions.map((version) => [...period(version), version.name, version.cluster])).toEqual([
      ['1998-09-01', '2005-09-01', '擂鼓学校', null],
      ['2005-09-01', null, '擂鼓九年制学校', '擂鼓学区'],
    ]);
  });

  it('counts a stage through a change of name, and no longer once it is dropped', async () => {
    const { units } = await rowsAfter(
      registered,
      { type: 'SchoolRenamed', school: code, name: '擂鼓九年制学校', effectiveOn: '2005-09-01' },
      { ...nineYear, type: 'SchoolReclassified', stages: ['junior'], effectiveOn: '2008-09-01' },
      { type: 'SchoolClosed', school: code, effectiveOn: '2010-09-01', reason: '生源不足' },
      { type: 'SchoolReopened', school: code, effectiveOn: '2012-09-01' },
    );
    expect(units.map((unit) => [unit.stage, ...period(unit)])).toEqual([
      ['primary', '1998-09-01', '2008-09-01'],
      ['junior', '1998-09-01', '2010-09-01'],
      ['junior', '2012-09-01', null],
    ]);
  });

  it('names the schools that took part in a merger', async () => {
    const { row, versions } = await rowsAfter(registered, {
      type: 'SchoolAbsorbed',
      school: code,
      into: '3142000105',
      effectiveOn: '2010-09-01',
    });
    expect(row?.status).toBe('absorbed');
    expect(versions.at(-1)).toMatchObject({ change: 'SchoolAbsorbed', others: ['3142000105'] });
  });

  it('goes on where it was when a school comes back from another county', async () => {
    const moved = { ...nineYear, stages: ['primary', 'junior'] as Stage[], openedOn: '1998-09-01' };
    const { versions, units } = await rowsAfter(
      registered,
      { ...moved, type: 'SchoolMovedOut', to: '420324', effectiveOn: '2010-09-01' },
      { ...moved, type: 'SchoolMovedIn', from: '420324', effectiveOn: '2012-09-01' },
    );
    expect(versions.map((version) => [...period(version), version.status])).toEqual([
      ['1998-09-01', '2010-09-01', 'open'],
      ['2010-09-01', '2012-09-01', 'moved-out'],
      ['2012-09-01', null, 'open'],
    ]);
    expect(units.filter(({ valid_to }) => valid_to === null)).toHaveLength(2);
  });

  it('has at most one version of a school, and one of a stage unit, on any day', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyCommand, { maxLength: 40 }), async (commands) => {
        const { versions, units } = await rowsAfter(...historyOf(commands));
        const perStage = (stage: Stage) => units.filter((unit) => unit.stage === stage);
        for (const rows of [versions, perStage('primary'), perStage('junior')]) {
          rows.forEach((row, index) => {
            const next = rows[index + 1];
            if (next === undefined) return;
            expect(row.valid_to !== null && row.valid_from < row.valid_to && row.valid_to <= next.valid_from).toBe(
              true,
            );
          });
        }
        expect(versions.filter(({ valid_to }) => valid_to === null)).toHaveLength(versions.length > 0 ? 1 : 0);
      }),
    );
  });
});

const effectiveOn = fc.integer({ min: 2000, max: 2040 }).map((year) => `${year}-09-01`);
const anyCommand = fc.oneof<fc.Arbitrary<SchoolCommand>[]>(
  effectiveOn.map((openedOn) => ({ ...nineYear, type: 'RegisterSchool', county, openedOn })),
  fc.record({ type: fc.constant('RenameSchool'), name: fc.constantFrom('擂鼓学校', '擂鼓九年制学校'), effectiveOn }),
  fc
    .record({ stages: fc.subarray<Stage>(['primary', 'junior'], { minLength: 1 }), effectiveOn })
    .map((change) => ({ ...nineYear, ...change, type: 'ReclassifySchool' })),
  fc.record({ type: fc.constant('CloseSchool'), reason: fc.constant('生源不足'), effectiveOn }),
  fc.record({ type: fc.constant('ReopenSchool'), effectiveOn }),
  fc.record({ type: fc.constant('AbsorbSchool'), into: fc.constant('3142000105'), effectiveOn }),
  fc.record({ type: fc.constant('EnlargeSchool'), absorbed: fc.constant(['3142000105']), effectiveOn }),
  fc.record({
    type: fc.constant('SplitSchool'),
    into: fc.constantFrom([code, '3142000105'], ['3142000105']),
    effectiveOn,
  }),
  fc.record({ type: fc.constant('MoveSchoolOut'), from: fc.constant(county), to: fc.constant('420324'), effectiveOn }),
  effectiveOn.map((on) => ({
    ...nineYear,
    type: 'MoveSchoolIn',
    stages: ['primary', 'junior'],
    openedOn: '1998-09-01',
    from: '420324',
    effectiveOn: on,
  })),
);

/** What a ledger holds after these commands, of which many are refused. */
function historyOf(commands: readonly SchoolCommand[]): SchoolEvent[] {
  let state: SchoolState = rules.initial;
  return commands.flatMap((command) => {
    try {
      const events = rules.decide(command, state);
      state = fold(rules, events, state);
      return events;
    } catch (refusal) {
      if (refusal instanceof RuleViolation) return [];
      throw refusal;
    }
  });
}
