import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Scope } from '@junheng/event-store';
import { CompareCounties, type CompareCountiesArgs } from './compare-counties.query.js';
import { cvMoves } from './cv-change.formula.js';
import { booksStandard, caller, openEvaluation, type OpenEvaluation, primary } from './evaluation.fixture.js';
import { Gaps, type GapsArgs } from './gaps.query.js';
import { SchoolAssessments } from './school-assessments.query.js';

const [a, b, c] = ['2142010001', '2142010002', '2142010003'];
const books = (pupils: number, volumes: number) => ({ p_enrol: String(pupils), books: String(volumes) });
const adopted = { type: 'AdoptStandard', version: '1', fromSchoolYear: 2013 } as const;

let evaluation: OpenEvaluation;
beforeAll(async () => {
  evaluation = await openEvaluation();
  await evaluation.region('42', 'province');
  await evaluation.publish('42', booksStandard);
  await evaluation.catchUp();
  // By code: the coefficient of books in 2013. 0: equal schools; none: nobody has reported.
  await county('420301', '郧县', [1000, 1000]);
  await county('420302', '郧西县', [1000, 2000]);
  await county('420303', '竹山县', [1000, 3000]);
  await county('420304', '竹溪县', []);
  await county('420305', '房县', [1000, 2000]);
  await county('420306', '丹江口市', []);
});
afterAll(() => evaluation.close());

/** A county of two schools of 100 pupils with so many books each. */
async function county(code: string, name: string, volumes: readonly number[]): Promise<void> {
  await evaluation.region(code, 'county', name);
  for (const school of [a, b]) await evaluation.school(code, primary(school));
  await evaluation.campaign(code);
  await evaluation.adopt(code, 'books-42', adopted);
  for (const [index, amount] of volumes.entries()) {
    await evaluation.approved(code, index === 0 ? a : b, books(100, amount));
  }
}

async function compared(args: Partial<CompareCountiesArgs> = {}, scope: Scope = { region: '42' }) {
  await evaluation.catchUp();
  const asked = { region: '42', schoolYear: 2013, standard: 'books-42', basis: 'current', first: 50, ...args };
  return evaluation.queries.execute(new CompareCounties(asked, scope));
}

const byCv = (descending: boolean) => ({ sort: { by: 'primary.books.cv', descending } });

async function codes(args: Partial<CompareCountiesArgs> = {}, scope?: Scope) {
  return (await compared(args, scope)).nodes.map(({ county }) => county.slice(-1)).join('');
}

describe('A comparison of counties', () => {
  it('is by code unless it is asked otherwise', async () => {
    expect(await codes()).toBe('123456');
    expect(await codes({ sort: { by: 'county', descending: true } })).toBe('654321');
  });

  it('sorts by a measure, and puts what is unknown last either way', async () => {
    expect(await codes(byCv(false))).toBe('125346');
    expect(await codes(byCv(true))).toBe('325146');
  });

  it('refuses a measure that it does not know, instead of sorting by nothing', async () => {
    await expect(codes({ sort: { by: 'primary.boks.cvs', descending: false } })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      details: { where: 'sort.by' },
    });
  });

  it.each([byCv(false), byCv(true), {}, { sort: { by: 'county', descending: true } }])(
    'shows every county once, page by page (%j)',
    async (sorting) => {
      const seen: string[] = [];
      for (let after: string | null = null, more = true; more;) {
        const { nodes, pageInfo }: Awaited<ReturnType<typeof compared>> = await compared({
          ...sorting,
          first: 1,
          after,
        });
        seen.push(...nodes.map((node) => node.county.slice(-1)));
        [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
      }
      expect(seen.join('')).toBe(await codes(sorting));
    },
  );

  it('refuses the cursor of another order', async () => {
    const { pageInfo } = await compared({ ...byCv(false), first: 1 });
    await expect(compared({ ...byCv(true), after: pageInfo.endCursor })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  it('filters by verdict, by name and by region', async () => {
    await evaluation.condition('420302', 'satisfaction', '90');
    expect(await codes({ filter: { verdict: 'pass' } })).toBe('2');
    expect(await codes({ filter: { name: '竹' } })).toBe('34');
    expect(await codes({ region: '420305' })).toBe('5');
  });

  it('sets the year before beside each county, and says how each coefficient moved', async () => {
    for (const code of ['420301', '420302']) await evaluation.campaign(code, 2014);
    await evaluation.approved('420301', a, books(100, 1000), 2014);
    await evaluation.approved('420301', b, books(100, 2000), 2014);
    const { nodes } = await compared({ schoolYear: 2014 });
    const changes = nodes.map(({ stages, previousStages }) =>
      cvMoves(stages, previousStages).filter(({ stage }) => stage === 'primary'),
    );
    expect(changes).toEqual([
      [{ stage: 'primary', measure: 'books', before: '0', now: '0.333333333333', change: '0.333333333333' }],
      [{ stage: 'primary', measure: 'books', before: '0.333333333333', now: null, change: null }],
    ]);
    expect((await compared()).nodes[0]).toMatchObject({ previousStages: null });
  });
});

describe('What somebody may see', () => {
  it('ends at his region', async () => {
    expect(await codes({}, { region: '4203' })).toBe('123456');
    expect(await codes({}, { region: '420303' })).toBe('3');
    expect(await codes({}, { region: '43' })).toBe('');
    expect(await evaluation.board('420303', { who: caller('420301') })).toEqual([]);
    expect(await evaluation.schools('420303', { who: caller('420301') })).toEqual([]);
  });

  it('is of his school alone, and nothing of the county', async () => {
    const reporter = caller('420303', a);
    expect((await evaluation.schools('420303', { who: reporter })).map(({ school }) => school)).toEqual([a]);
    expect(await evaluation.schools('420303', { school: b, who: reporter })).toEqual([]);
    expect(await evaluation.board('420303', { who: reporter })).toEqual([]);
    expect(await codes({}, reporter.scope)).toBe('');
  });
});

describe('A school’s page', () => {
  const code = '420321';
  beforeAll(async () => {
    await county(code, '张湾区', [1000]);
    await evaluation.school(code, primary(c));
    await evaluation.shortfall(code, a, '围墙', '120');
    await evaluation.shortfall(code, b, '厕所', null);
    await evaluation.shortfall(code, c, '操场', '0');
    await evaluation.conflict(code, a, 'p_enrol', '795', '705');
  });

  it('shows its values, what was found lacking and where sources disagree', async () => {
    const [page] = await evaluation.schools(code, { school: a });
    expect(page).toMatchObject({
      reported: true,
      units: [{ stage: 'primary', pupils: '100', counted: true, values: [{ name: 'books', value: '10' }] }],
      gaps: [{ item: '围墙', amount: '120', origin: 'recorded', source: '实地核查' }],
      conflicts: [
        {
          field: 'p_enrol',
          values: [
            { value: '795', source: '来源 1' },
            { value: '705', source: '来源 2' },
          ],
        },
      ],
    });
  });

  it('shows what was found at a school that has not reported, an unknown size as unknown', async () => {
    const [page] = await evaluation.schools(code, { school: b });
    expect(page).toMatchObject({
      reported: false,
      units: [],
      gaps: [{ item: '厕所', amount: null, origin: 'unknown' }],
    });
  });

  it('stands among the gaps of the county, which are filtered by item and origin, page by page', async () => {
    const gaps = async (args: Partial<GapsArgs> = {}, who = caller(code)) => {
      await evaluation.catchUp();
      const asked = { county: code, schoolYear: 2013, standard: 'books-42', basis: 'current', first: 50 };
      return evaluation.queries.execute(new Gaps({ ...asked, onlyLacking: false, ...args }, who.scope));
    };
    const items = ({ nodes }: Awaited<ReturnType<typeof gaps>>) => nodes.map(({ item }) => item);
    expect((await gaps()).nodes).toMatchObject([
      { school: a, schoolName: `小学 ${a}`, item: '围墙', amount: '120' },
      { school: b, item: '厕所', amount: null },
      { school: c, item: '操场', amount: '0' },
    ]);
    expect(items(await gaps({ onlyLacking: true }))).toEqual(['围墙', '厕所']);
    expect(items(await gaps({ origin: 'unknown' }))).toEqual(['厕所']);
    expect(items(await gaps({ item: '操场' }))).toEqual(['操场']);
    expect(items(await gaps({ school: a }))).toEqual(['围墙']);
    expect(items(await gaps({}, caller(code, b)))).toEqual(['厕所']);
    const { pageInfo } = await gaps({ first: 2 });
    expect(items(await gaps({ first: 2, after: pageInfo.endCursor }))).toEqual(['操场']);
  });

  it('is among those with a verdict that is asked for', async () => {
    await evaluation.catchUp();
    const args = { county: code, schoolYear: 2013, standard: 'books-42', basis: 'current', first: 50 };
    const query = new SchoolAssessments({ ...args, onlyLacking: false, verdict: 'fail' }, { region: code });
    expect((await evaluation.queries.execute(query)).nodes).toEqual([]);
  });
});
