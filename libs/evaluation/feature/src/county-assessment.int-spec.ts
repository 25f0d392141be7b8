import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Rational } from '@junheng/kernel';
import type { CountyResult } from './assessment.answer.js';
import { booksStandard, openEvaluation, type OpenEvaluation, primary } from './evaluation.fixture.js';

const [a, b, c] = ['2142010001', '2142010002', '2142010003'];
const books = (pupils: number, volumes: number) => ({ p_enrol: String(pupils), books: String(volumes) });
const adopted = { type: 'AdoptStandard', version: '1', fromSchoolYear: 2013 } as const;

let evaluation: OpenEvaluation;
beforeAll(async () => {
  evaluation = await openEvaluation();
  await evaluation.region('42', 'province');
  await evaluation.publish('42', booksStandard);
  await evaluation.catchUp();
});
afterAll(() => evaluation.close());

/** A county with three primary schools, a campaign of 2013 and the standard of its province. */
async function county(code: string, ...schools: readonly string[]): Promise<string> {
  await evaluation.region(code, 'county');
  for (const school of schools) await evaluation.school(code, primary(school));
  await evaluation.campaign(code);
  await evaluation.adopt(code, 'books-42', adopted);
  return code;
}

const primaryStage = ([result]: readonly CountyResult[]) => result?.stages.find(({ stage }) => stage === 'primary');
const measured = (results: readonly CountyResult[]) => primaryStage(results)?.indicators[0];
const encloses = (results: readonly CountyResult[], cv: string) => {
  const interval = measured(results)?.interval;
  return (
    interval != null &&
    Rational.of(interval.low).compare(Rational.of(cv)) <= 0 &&
    (interval.high === null || Rational.of(cv).compare(Rational.of(interval.high)) <= 0)
  );
};

describe('A county', () => {
  it('is assessed from approved returns only', async () => {
    const code = await county('420301', a, b);
    await evaluation.approved(code, a, books(100, 1000));
    await evaluation.submitted(code, b, books(100, 2000));
    const waiting = await evaluation.board(code);
    expect(primaryStage(waiting)).toMatchObject({
      pupils: '100',
      completeness: { expected: 2, reported: 1, missing: [b] },
    });
    expect(measured(waiting)).toMatchObject({ status: 'incomplete', cv: null, missing: [b] });

    await evaluation.approved(code, b, books(100, 2000));
    expect(measured(await evaluation.board(code))).toMatchObject({
      status: 'known',
      mean: '15',
      deviation: '5',
      cv: '0.333333333333',
      within: true,
      missing: [],
    });
  });

  it('has an interval while schools are missing, and the true coefficient lies in it', async () => {
    const code = await county('420302', a, b, c);
    await evaluation.approved(code, a, books(100, 1000));
    await evaluation.approved(code, b, books(100, 2000));
    const unknown = await evaluation.board(code);
    await evaluation.approved(code, c, books(100, 2500), 2012);
    const lastYear = await evaluation.board(code);
    const width = (results: readonly CountyResult[]) => Rational.of(measured(results)?.interval?.high ?? '99');
    expect(width(lastYear).compare(width(unknown))).toBe(-1);

    await evaluation.approved(code, c, books(100, 3000));
    const { cv } = measured(await evaluation.board(code)) ?? {};
    expect(cv).toBe('0.408248290464');
    expect([encloses(unknown, cv ?? ''), encloses(lastYear, cv ?? '')]).toEqual([true, true]);
  });

  it('has no verdict until its conditions are known, and never passes while one is open', async () => {
    const code = await county('420303', a, b);
    await evaluation.approved(code, a, books(100, 1000));
    await evaluation.approved(code, b, books(100, 2000));
    const verdict = async () => (await evaluation.board(code))[0]?.verdict;
    expect(await verdict()).toBe('incomplete');
    await evaluation.condition(code, 'satisfaction', '85');
    expect(await verdict()).toBe('pass');
    await evaluation.condition(code, 'satisfaction', '84.9');
    expect(await verdict()).toBe('fail');
    await evaluation.condition(code, 'satisfaction', null);
    expect(await verdict()).toBe('incomplete');
    await expect(evaluation.condition(code, 'satisfaction', '101')).rejects.toMatchObject({
      code: 'CONDITION_VALUE_IMPOSSIBLE',
    });
  });

  it('counts the schools that were open on the day, as they were then', async () => {
    const code = await county('420304', a, b, c);
    const [opened, merged, moved, closed] = ['2142010004', '2142010005', '2142010006', '2142010007'];
    await evaluation.school(code, primary(opened, { openedOn: '2013-09-02' }));
    for (const school of [merged, moved, closed]) await evaluation.school(code, primary(school));
    await evaluation.changed(code, {
      ...{ type: 'SchoolClosed', school: closed, reason: '撤并' },
      effectiveOn: '2013-09-01',
    });
    await evaluation.changed(code, { type: 'SchoolAbsorbed', school: merged, into: a, effectiveOn: '2014-02-01' });
    const { school: _, ...facts } = primary(moved);
    const leaving = { ...facts, school: moved, to: '420305', effectiveOn: '2013-08-01' };
    await evaluation.changed(code, { type: 'SchoolMovedOut', ...leaving });
    await evaluation.changed(code, { type: 'SchoolRenamed', school: a, name: '新名', effectiveOn: '2014-01-01' });
    const schools = await evaluation.schools(code);
    expect(schools.map(({ school, name }) => [school, name])).toEqual([
      [a, `小学 ${a}`],
      [b, `小学 ${b}`],
      [c, `小学 ${c}`],
      [merged, `小学 ${merged}`],
    ]);

    const { to: _to, ...arriving } = leaving;
    await county('420305', b);
    await evaluation.changed('420305', { type: 'SchoolMovedIn', ...arriving, from: code });
    expect((await evaluation.schools('420305')).map(({ school }) => school)).toEqual([b, moved]);
  });

  it('waits for a school that its campaign does not ask, and for none that the standard leaves out', async () => {
    const code = '420306';
    await evaluation.region(code, 'county');
    for (const school of [a, b]) await evaluation.school(code, primary(school));
    await evaluation.school(code, primary(c, { schoolType: 'teaching-point' }));
    await evaluation.campaign(code, 2013, { schools: [a] });
    await evaluation.adopt(code, 'books-42', adopted);
    await evaluation.approved(code, a, books(100, 1000));
    expect(primaryStage(await evaluation.board(code))?.completeness).toEqual({
      expected: 2,
      reported: 1,
      missing: [b],
    });
  });

  it('has no coefficient for a stage without pupils', async () => {
    const code = await county('420307', a, b);
    for (const school of [a, b]) await evaluation.approved(code, school, books(0, 500));
    const stage = primaryStage(await evaluation.board(code));
    expect(stage).toMatchObject({ pupils: '0', balance: null, indicators: [{ status: 'not-applicable', cv: null }] });
  });
});

describe('A sealed snapshot', () => {
  const code = '420311';
  async function sealed() {
    const board = await evaluation.board(code, { basis: 'sealed-1' });
    return [board, await evaluation.schools(code, { basis: 'sealed-1' })] as const;
  }
  let asSealed: Awaited<ReturnType<typeof sealed>>;

  beforeAll(async () => {
    await county(code, a, b, c);
    await evaluation.approved(code, c, books(100, 2500), 2012);
    await evaluation.approved(code, a, books(100, 1000));
    await evaluation.approved(code, b, books(100, 2000));
    await evaluation.conflict(code, a, 'p_enrol', '100', '101');
    await evaluation.shortfall(code, a, '围墙', '120');
    await evaluation.seal(code, 1, {
      [a]: { ...primary(a), figures: books(100, 1000) },
      [b]: { ...primary(b), figures: books(100, 2000) },
    });
    asSealed = await sealed();
  });

  it('shows the schools that had not been approved as missing', () => {
    const [county, schools] = asSealed;
    expect(primaryStage(county)?.completeness).toEqual({ expected: 3, reported: 2, missing: [c] });
    expect(schools.map(({ school, reported }) => [school, reported])).toEqual([
      [a, true],
      [b, true],
      [c, false],
    ]);
    expect(schools[0]).toMatchObject({ conflicts: [{ field: 'p_enrol' }], gaps: [{ item: '围墙', amount: '120' }] });
  });

  it('keeps every figure through corrections, late returns, findings and changes of the register', async () => {
    await evaluation.corrected(code, a, { books: '9000' });
    await evaluation.approved(code, c, books(90, 100));
    await evaluation.corrected(code, c, { p_enrol: '900' }, 2012);
    await evaluation.conflict(code, a, 'p_enrol', '100', '102');
    await evaluation.conflict(code, b, 'books', '2000', '2001');
    await evaluation.shortfall(code, a, '围墙', '60');
    await evaluation.shortfall(code, b, '厕所', null);
    await evaluation.school(code, primary('2142010008'));
    await evaluation.changed(code, {
      ...{ type: 'SchoolClosed', school: c, reason: '撤并' },
      effectiveOn: '2013-08-31',
    });
    expect(await sealed()).toEqual(asSealed);
    expect(primaryStage(await evaluation.board(code))?.completeness.missing).toEqual(['2142010008']);
    expect((await evaluation.schools(code))[0]).toMatchObject({
      conflicts: [{ field: 'p_enrol', values: [{ value: '100' }, { value: '102' }] }],
      gaps: [{ item: '围墙', amount: '60' }],
    });
  });

  it('is judged with what the county shows for its conditions, which comes after the figures', async () => {
    expect(asSealed[0][0]?.conditions).toMatchObject([{ verdict: 'incomplete' }, { value: null }]);
    await evaluation.condition(code, 'satisfaction', '90');
    const [[county]] = await sealed();
    expect(county?.conditions[1]).toMatchObject({ condition: 'satisfaction', verdict: 'pass', value: '90' });
  });

  it('is followed by the next one, which does not touch it', async () => {
    const before = await sealed();
    await evaluation.seal(code, 2, { [a]: { ...primary(a), figures: books(100, 9000) } });
    expect(await sealed()).toEqual(before);
    const second = await evaluation.board(code, { basis: 'sealed-2' });
    expect(primaryStage(second)?.completeness).toEqual({ expected: 3, reported: 1, missing: [b, '2142010008'] });
  });
});

describe('The rows of an assessment', () => {
  it('are the same however the events are batched, and after a rebuild', async () => {
    const code = await county('420312', a, b, c);
    await evaluation.catchUp();
    await evaluation.approved(code, a, books(100, 1000), 2012);
    await evaluation.submitted(code, a, books(100, 1000));
    await evaluation.catchUp();
    await evaluation.approved(code, a, books(100, 1000));
    await evaluation.seal(code, 1, { [a]: { ...primary(a), figures: books(100, 1000) } });
    await evaluation.corrected(code, a, { books: '1200', p_enrol: '99' }, 2012);
    await evaluation.catchUp();
    await evaluation.conflict(code, a, 'books', '1000', '1100');
    await evaluation.campaign(code, 2014);
    await evaluation.corrected(code, a, { books: '1100' });
    await evaluation.changed(code, { type: 'SchoolRenamed', school: a, name: '新名', effectiveOn: '2014-01-01' });
    await evaluation.catchUp();
    const rows = await evaluation.rows();
    expect(rows['county_assessment']?.filter((row) => row.includes(code))).toHaveLength(3);
    for (const batch of [1, 3, 7, 1000]) {
      await evaluation.rebuild(batch);
      expect(await evaluation.rows()).toEqual(rows);
    }
    await evaluation.rebuildTenant(code);
    expect(await evaluation.rows()).toEqual(rows);
  });
});
