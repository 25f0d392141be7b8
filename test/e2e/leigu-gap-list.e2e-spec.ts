import { beforeAll, describe, expect, it } from '@jest/globals';
import { acceptanceCase } from './published-tables.fixture.js';
import { sharedStack, START_MS } from './stack.fixture.js';

/** What the printed list calls an item that the standard of Hubei computes; all else keeps its name. */
const ITEMS: Readonly<Record<string, string>> = {
  教学及辅助用房面积: 'teaching-rooms',
  校园总面积: 'land',
  绿化面积: 'green',
  超班额: 'class-size',
  床位: 'beds',
};
const GAP_LIST = '竹山县义务教育均衡发展学校评估指标差距值一览表';

interface Gap {
  readonly item: string;
  readonly unit: string;
  readonly amount: string | null;
  readonly origin: string;
  readonly required: string | null;
  readonly actual: string | null;
  readonly source: string | null;
}
interface School {
  readonly school: string;
  readonly name: string;
  readonly gaps: readonly Gap[];
  readonly conflicts: readonly object[];
}

let schools: readonly School[];
beforeAll(async () => {
  const { client } = await sharedStack();
  const { schoolAssessments } = await client.ask(
    'supervisor-42',
    `{ schoolAssessments(county: "420323", schoolYear: 2013, standard: "hubei-2012") {
      nodes { school name gaps { item unit amount origin required actual source } conflicts { field values { value source } } }
    } }`,
  );
  schools = schoolAssessments.nodes;
}, START_MS);

const schoolNamed = (name: string) => schools.find((school) => school.name === name)!;
const gapsOf = (school: string, item: string) => schoolNamed(school).gaps.filter((gap) => gap.item === item);

describe('The gap list of Leigu', () => {
  it.each(acceptanceCase('leigu-2013-gaps'))('says $origin: $school lacks $gap $unit of $item', (printed) => {
    const { school, item, unit, gap, origin } = printed as Record<
      'school' | 'item' | 'unit' | 'gap' | 'origin',
      string
    >;
    const found = gapsOf(school, ITEMS[item] ?? item);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ unit, origin, amount: origin === 'unknown' ? null : gap });
    if (origin === 'computed') expect(found[0]).toMatchObject({ required: expect.any(String), source: null });
    else expect(found[0]).toMatchObject({ source: GAP_LIST });
  });

  it('names no gap beside those printed, but what the standard asks and no figure answers, or is met', () => {
    const printed = acceptanceCase('leigu-2013-gaps').map(({ school, item }) => `${school} ${ITEMS[item!] ?? item}`);
    const others = schools.flatMap(({ name, gaps }) => gaps.filter(({ item }) => !printed.includes(`${name} ${item}`)));
    expect(others.filter(({ amount }) => amount !== null && amount !== '0')).toEqual([]);
  });

  it('gives no gap whose figure is missing as zero', () => {
    const gaps = schools.flatMap((school) => school.gaps);
    const withoutFigure = gaps.filter(({ required, actual }) => required !== null && actual === null);
    expect(withoutFigure.filter(({ amount, origin }) => amount === '0' || origin === 'computed')).toEqual([]);
    expect(withoutFigure.length).toBeGreaterThan(0);
  });

  it('shows that two sources disagree about the pupils of a school, and which they are', () => {
    expect(schoolNamed('擂鼓镇小学').conflicts).toEqual([
      {
        field: 'p_enrol',
        values: [
          { value: '795', source: `《${GAP_LIST}》` },
          { value: '705', source: '擂鼓镇义务教育均衡发展动员讲话' },
        ],
      },
    ]);
    expect(schoolNamed('鼓锣小学').conflicts).toEqual([]);
  });
});
