import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold, RuleViolation } from '@junheng/kernel';
import { specification } from '@junheng/kernel/testing';
import type { SchoolEvent } from '@junheng/register-contract';
import { type Reorganisation, steps } from './reorganisation.js';
import type { SchoolCommand } from './school-commands.js';
import type { SchoolState } from './school-state.js';
import { school as rules } from './school.decider.js';

const given = specification(rules);
const effectiveOn = '2014-09-01';
const facts = {
  name: '腰庄小学',
  schoolType: 'primary',
  sponsor: 'county',
  setting: 'rural',
  cluster: null,
} as const;
const [yaozhuang, hujia, guluo] = ['2142000103', '2142000104', '2142000105'] as const;
const open = (school: string): SchoolEvent => ({
  ...facts,
  type: 'SchoolRegistered',
  school,
  stages: ['primary'],
  openedOn: '1998-09-01',
});
const commandFor = (school: string, reorganisation: Reorganisation): SchoolCommand => {
  const step = steps(reorganisation).find((one) => one.school === school);
  if (!step) throw new Error(`${school} takes no part`);
  return step.command;
};

describe('A merger', () => {
  const merger: Reorganisation = {
    type: 'MergeSchools',
    county: '420323',
    into: yaozhuang,
    absorbed: [hujia, guluo],
    effectiveOn,
  };

  it('may keep one of the old codes', () =>
    given(open(yaozhuang))
      .when(commandFor(yaozhuang, merger))
      .then({ type: 'SchoolEnlarged', school: yaozhuang, absorbed: [hujia, guluo], effectiveOn }));

  it('ends the schools that go up in the other', () =>
    given(open(hujia))
      .when(commandFor(hujia, merger))
      .then({ type: 'SchoolAbsorbed', school: hujia, into: yaozhuang, effectiveOn }));

  it('may found a school under a new code', () => {
    const founded = { ...facts, school: '3142000106', name: '擂鼓学校', schoolType: 'nine-year' } as const;
    given()
      .when(commandFor('3142000106', { ...merger, into: '3142000106', founded }))
      .then(
        { ...founded, type: 'SchoolRegistered', stages: ['primary', 'junior'], openedOn: effectiveOn },
        { type: 'SchoolEnlarged', school: '3142000106', absorbed: [hujia, guluo], effectiveOn },
      );
  });

  it('does not found one school and go on in another', () => {
    expect(() => steps({ ...merger, founded: { ...facts, school: '2142000106' } })).toThrow(
      expect.objectContaining({ code: 'MERGER_AMBIGUOUS' }),
    );
  });

  it.each([[[]], [[hujia, hujia]], [[yaozhuang]], [['hujia']]])('does not absorb %j', (absorbed) =>
    given(open(yaozhuang))
      .when({ type: 'EnlargeSchool', absorbed, effectiveOn })
      .thenRefused('SCHOOL_OTHERS_INVALID', { where: 'absorbed' }),
  );

  it('does not absorb a school that is closed', () =>
    given(open(hujia), { type: 'SchoolClosed', school: hujia, effectiveOn: '2012-09-01', reason: '生源不足' })
      .when(commandFor(hujia, merger))
      .thenRefused('SCHOOL_NOT_OPEN', { lockedBy: 'SchoolClosed on 2012-09-01' }));

  it('can be told twice without harm', () =>
    given(open(hujia), { type: 'SchoolAbsorbed', school: hujia, into: yaozhuang, effectiveOn })
      .when(commandFor(hujia, merger))
      .thenNothing());
});

describe('A division', () => {
  const part = { ...facts, school: '2142000106', name: '腰庄二小' };
  const division = (continues: boolean): Reorganisation => ({
    type: 'DivideSchool',
    county: '420323',
    school: yaozhuang,
    continues,
    founded: [part],
    effectiveOn,
  });

  it('founds the parts', () =>
    given()
      .when(commandFor(part.school, division(true)))
      .then({ ...part, type: 'SchoolRegistered', stages: ['primary'], openedOn: effectiveOn }));

  it('leaves a school that goes on beside them open under its code', () => {
    const split: SchoolEvent = {
      type: 'SchoolSplit',
      school: yaozhuang,
      into: [yaozhuang, part.school],
      effectiveOn,
    };
    given(open(yaozhuang))
      .when(commandFor(yaozhuang, division(true)))
      .then(split);
    expect(fold(rules, [open(yaozhuang), split])).toMatchObject({ status: 'open' });
  });

  it('ends a school that does not go on', () => {
    const split: SchoolEvent = { type: 'SchoolSplit', school: yaozhuang, into: [part.school], effectiveOn };
    given(open(yaozhuang))
      .when(commandFor(yaozhuang, division(false)))
      .then(split);
    expect(fold(rules, [open(yaozhuang), split])).toMatchObject({ status: 'split' });
  });
});

describe('Whatever is asked of a school', () => {
  const day = fc.integer({ min: 2000, max: 2020 }).map((year) => `${year}-09-01`);
  const command = fc.oneof<fc.Arbitrary<SchoolCommand>[]>(
    day.map((openedOn) => ({ ...facts, type: 'RegisterSchool', school: hujia, county: '420323', openedOn })),
    fc.record({
      type: fc.constant('RenameSchool'),
      name: fc.constantFrom('护驾小学', '护驾希望小学'),
      effectiveOn: day,
    }),
    fc.record({ type: fc.constant('CloseSchool'), reason: fc.constant('生源不足'), effectiveOn: day }),
    fc.record({ type: fc.constant('ReopenSchool'), effectiveOn: day }),
    fc.record({ type: fc.constant('AbsorbSchool'), into: fc.constant(guluo), effectiveOn: day }),
    fc.record({ type: fc.constant('SplitSchool'), into: fc.constantFrom([hujia, guluo], [guluo]), effectiveOn: day }),
    fc.record({
      type: fc.constant('MoveSchoolOut'),
      from: fc.constant('420323'),
      to: fc.constant('420324'),
      effectiveOn: day,
    }),
  );

  it('its history runs forward, and the same command twice adds nothing', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
        let state: SchoolState = rules.initial;
        let since = '';
        for (const one of commands) {
          const events = decideOrRefuse(one, state);
          state = fold(rules, events, state);
          for (const event of events) {
            const on = 'effectiveOn' in event ? event.effectiveOn : event.openedOn;
            expect(on >= since).toBe(true);
            since = on;
          }
          if (events.length > 0) expect(rules.decide(one, state)).toEqual([]);
        }
      }),
    );
  });
});

function decideOrRefuse(command: SchoolCommand, state: SchoolState): readonly SchoolEvent[] {
  try {
    return rules.decide(command, state);
  } catch (refusal) {
    if (refusal instanceof RuleViolation) return [];
    throw refusal;
  }
}
