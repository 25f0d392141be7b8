import { builtInStandard } from '@junheng/standards';
import { madeUpFigures } from './made-up-figures.js';
import type { DemoRegion } from './regions.js';
import { normal, seeded } from './seeded.js';
import type { SolvedSchool } from './solve.js';
import type { DemoStep } from './step.js';
import { adoptionStep, campaignStep, type DemoSchool, regionStep, registerStep, returnSteps } from './steps.js';

export interface Scale {
  readonly counties: number;
  /** Schools of one stage each, so as many stage units; two of three are primary schools. */
  readonly schoolsPerCounty: number;
  readonly years: number;
  readonly seed?: number;
}

const FIRST_YEAR = 2013;
const SIDE = 14;
const COUNTIES_OF_PROVINCE = SIDE * SIDE;
const CODES_OF_COUNTY = 5_000;
/** Gansu first; without the provinces of the demo, so that both can be in one database. */
const PROVINCES = [
  '62',
  '61',
  '63',
  '64',
  '65',
  '11',
  '12',
  '13',
  '14',
  '15',
  '21',
  '22',
  '23',
  '31',
  '32',
  '33',
  '35',
  '36',
  '37',
  '41',
];

/** Made-up counties of any number, the same for the same seed; lazily, as a country does not fit in memory. */
export function* scalePlan({ counties, schoolsPerCounty, years, seed = 1 }: Scale): Generator<DemoStep> {
  if (schoolsPerCounty > CODES_OF_COUNTY || counties > COUNTIES_OF_PROVINCE * PROVINCES.length) {
    throw new RangeError('There are not so many codes.');
  }
  const basic = builtInStandard('cn-basic-2012');
  for (let at = 0; at < counties; at++) {
    const { county, above } = regionsOf(at);
    yield* above.map(regionStep);
    yield regionStep(county);
    if (basic) yield adoptionStep(county.code, FIRST_YEAR, basic);
    const schools = Array.from({ length: schoolsPerCounty }, (_, i) => schoolOf(county.code, at, i));
    const first = schools.map((_, i) => totalsOf(seeded(seed + at * CODES_OF_COUNTY + i)));
    for (const school of schools) yield registerStep(school, '2000-09-01');
    for (let year = 0; year < years; year++) {
      yield campaignStep(county.code, FIRST_YEAR + year);
      for (const [i, school] of schools.entries()) {
        const totals = grown(first[i] as SolvedSchool, year);
        yield* returnSteps(school, FIRST_YEAR + year, madeUpFigures(school.stage, totals));
      }
    }
  }
}

/** A county with those regions above it that no earlier county has brought. */
function regionsOf(at: number): { county: DemoRegion; above: DemoRegion[] } {
  const inProvince = at % COUNTIES_OF_PROVINCE;
  const two = (number: number) => String(number + 1).padStart(2, '0');
  const province = PROVINCES[Math.floor(at / COUNTIES_OF_PROVINCE)] ?? '';
  const city = province + two(Math.floor(inProvince / SIDE));
  const code = city + two(inProvince % SIDE);
  const above: DemoRegion[] = [];
  if (inProvince === 0) above.push({ code: province, name: `示例省${province}`, kind: 'province' });
  if (inProvince % SIDE === 0) above.push({ code: city, name: `示例市${city}`, kind: 'city' });
  return { county: { code, name: `示例县${code}`, kind: 'county' }, above };
}

function schoolOf(county: string, at: number, i: number): DemoSchool {
  const stage = i % 3 === 2 ? 'junior' : 'primary';
  const serial = String((at % COUNTIES_OF_PROVINCE) * CODES_OF_COUNTY + i).padStart(6, '0');
  const setting = (['urban', 'town', 'rural'] as const)[i % 3] ?? 'rural';
  const school = `${stage === 'primary' ? '21' : '31'}${county.slice(0, 2)}${serial}`;
  return { county, school, name: `示例学校${school}`, stage, setting, cluster: null };
}

function totalsOf(random: () => number): SolvedSchool {
  const pupils = Math.round(60 + 1100 * random() ** 2);
  const about = (each: number) => Math.max(1, Math.round(pupils * each * Math.max(0.4, 1 + 0.3 * normal(random))));
  const teachers = Math.max(3, about(0.07));
  return {
    pupils,
    rooms: about(450),
    sports: about(700),
    equipment: about(1500),
    computers: about(0.11),
    books: about(20),
    teachers,
    aboveQualification: Math.round(teachers * 0.9),
    midTitle: Math.round(teachers * 0.5),
  };
}

/** Every total grows by two per cent a year: what falls would need an explanation. */
function grown(first: SolvedSchool, years: number): SolvedSchool {
  const more = (total: number) => total + Math.floor((total * 2 * years) / 100);
  const { pupils, rooms, sports, equipment, computers, books, ...staff } = first;
  return {
    ...staff,
    pupils: more(pupils),
    rooms: more(rooms),
    sports: more(sports),
    equipment: more(equipment),
    computers: more(computers),
    books: more(books),
  };
}
