import { beforeAll, describe, expect, it } from '@jest/globals';
import { Rational } from '@junheng/kernel';
import { publishedStages } from './published-tables.fixture.js';
import type { Client } from './client.fixture.js';
import { sharedStack, START_MS } from './stack.fixture.js';

const REGIONS: Readonly<Record<string, string>> = { 安徽: '34', 重庆: '50' };
const COUNTIES = ['500101', '500110', '500114', '500116', '500118'];
/** By the composite of primary schools, as printed. */
const BY_PRIMARY = ['500101', '500116', '500110', '500114', '500118'];

const COMPARE = `query ($region: ID!, $first: Int!, $after: String, $sort: CountySort, $filter: CountyFilter) {
  compareCounties(region: $region, schoolYear: 2013, standard: "cn-basic-2012",
                  first: $first, after: $after, sort: $sort, filter: $filter) {
    nodes {
      county name verdict previousStages { stage }
      stages { stage balance completeness { expected reported missing }
               indicators { indicator mean cv } composite { cv limit within } }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

let client: Client;
beforeAll(async () => {
  ({ client } = await sharedStack());
}, START_MS);

async function compare(region: string, variables: object = {}) {
  const { compareCounties } = await client.ask(`supervisor-${region}`, COMPARE, { region, first: 50, ...variables });
  return compareCounties;
}

const codes = ({ nodes }: { nodes: readonly { county: string }[] }) => nodes.map(({ county }) => county);
const decimals = (printed: string) => printed.split('.')[1]?.length ?? 0;
const asPrinted = (figure: string, printed: string) => Rational.of(figure).toFixed(decimals(printed));

describe.each(publishedStages())('$county, $stage schools, as its provincial supervisor sees them', (published) => {
  let stage: {
    readonly indicators: readonly { readonly mean: string; readonly cv: string }[];
    readonly composite: { readonly cv: string; readonly limit: string; readonly within: boolean };
    readonly balance: string;
    readonly completeness: object;
  };
  beforeAll(async () => {
    const { nodes } = await compare(REGIONS[published.province]!, { filter: { name: published.county } });
    expect(nodes).toHaveLength(1);
    stage = nodes[0].stages.find((each: { stage: string }) => each.stage === published.stage);
  });

  it('have the published means, to the printed decimals', () => {
    expect(stage.indicators.map(({ mean }, at) => asPrinted(mean, published.means[at]!))).toEqual(published.means);
  });

  it('have the published coefficients of variation, to the printed decimals', () => {
    expect(stage.indicators.map(({ cv }, at) => asPrinted(cv, published.cvs[at]!))).toEqual(published.cvs);
  });

  it('have the published composite, and are balanced as it is within the limit of their stage', () => {
    expect(asPrinted(stage.composite.cv, published.composite)).toBe(published.composite);
    expect(stage.composite.limit).toBe(published.stage === 'primary' ? '0.65' : '0.55');
    expect(stage).toMatchObject({ balance: 'pass', composite: { within: true }, completeness: { missing: [] } });
  });
});

describe('The comparison of counties', () => {
  it('holds exactly the counties of the region, by code', async () => {
    expect(codes(await compare('50'))).toEqual(COUNTIES);
    expect(codes(await compare('34'))).toEqual(['340103', '340104']);
  });

  it('says of no county that it passed while the conditions beside the balance are unknown', async () => {
    const { nodes } = await compare('50');
    expect(nodes.map(({ verdict }: { verdict: string }) => verdict)).toEqual(COUNTIES.map(() => 'incomplete'));
  });

  it('is sorted by a measure, either way, and puts last who has no such measure', async () => {
    const sort = { by: 'primary.composite.cv' };
    expect(codes(await compare('50', { sort }))).toEqual(BY_PRIMARY);
    expect(codes(await compare('50', { sort: { ...sort, descending: true } }))).toEqual([...BY_PRIMARY].reverse());
    const junior = { by: 'junior.composite.cv', descending: true };
    expect(codes(await compare('50', { sort: junior }))).toEqual(['500114', '500118', '500101', '500116', '500110']);
  });

  it('is filtered by verdict and by a part of the name', async () => {
    expect(codes(await compare('50', { filter: { verdict: 'incomplete' } }))).toEqual(COUNTIES);
    expect(codes(await compare('50', { filter: { verdict: 'pass' } }))).toEqual([]);
    expect(codes(await compare('50', { filter: { name: '江' } }))).toEqual(['500110', '500114', '500116']);
  });

  it.each([
    { sort: undefined, order: COUNTIES },
    { sort: { by: 'primary.composite.cv', descending: true }, order: [...BY_PRIMARY].reverse() },
    { sort: { by: 'junior.composite.cv' }, order: ['500116', '500101', '500118', '500114', '500110'] },
  ])('shows every county once, page by page, sorted by $sort.by', async ({ sort, order }) => {
    for (const first of [1, 2, 5]) {
      const seen: string[] = [];
      for (let after: string | null = null, more = true; more;) {
        const page = await compare('50', { first, after, sort });
        expect(page.nodes.length).toBeLessThanOrEqual(first);
        seen.push(...codes(page));
        ({ endCursor: after, hasNextPage: more } = page.pageInfo);
      }
      expect(seen).toEqual(order);
    }
  });

  it('refuses the cursor of another ordering', async () => {
    const { pageInfo } = await compare('50', { first: 1 });
    const variables = { region: '50', first: 1, after: pageInfo.endCursor, sort: { by: 'primary.pupils' } };
    expect(await client.refusal('supervisor-50', COMPARE, variables)).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('leads down to the schools, whose pupils add up to the county’s', async () => {
    const drill = `query ($after: String) {
      countyBoard(county: "500116", schoolYear: 2013) { standard stages { stage pupils completeness { expected } } }
      schoolAssessments(county: "500116", schoolYear: 2013, standard: "cn-basic-2012", first: 20, after: $after) {
        nodes { school name units { stage pupils values { name value } } }
        pageInfo { hasNextPage endCursor }
      }
    }`;
    const schools: { school: string; name: string; units: { stage: string; pupils: string }[] }[] = [];
    let board;
    for (let after: string | null = null, more = true; more;) {
      const { countyBoard, schoolAssessments } = await client.ask('supervisor-50', drill, { after });
      board = countyBoard.find((each: { standard: string }) => each.standard === 'cn-basic-2012');
      schools.push(...schoolAssessments.nodes);
      ({ endCursor: after, hasNextPage: more } = schoolAssessments.pageInfo);
    }
    expect(new Set(schools.map(({ school }) => school)).size).toBe(schools.length);
    expect(schools.every(({ name }) => name.includes('示例'))).toBe(true);
    for (const { stage, pupils, completeness } of board.stages) {
      const units = schools.flatMap((school) => school.units.filter((unit) => unit.stage === stage));
      expect(units).toHaveLength(completeness.expected);
      expect(Rational.sum(units.map((unit) => Rational.of(unit.pupils))).toDecimal(0)).toBe(pupils);
    }
  });
});
