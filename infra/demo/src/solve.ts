import { indicators, type DemoIndicator, type PublishedCounty } from './published.js';
import { normal, seeded, seedOf } from './seeded.js';
import { meanIsPossible, spread, type Target } from './spread.js';

/** A made-up school of a published county: whole totals in the smallest unit that a return knows. */
export interface SolvedSchool {
  readonly pupils: number;
  /** Hundredths of a square metre. */
  readonly rooms: number;
  readonly sports: number;
  /** Yuan: ten-thousandths of the 万元 that a return is written in. */
  readonly equipment: number;
  readonly computers: number;
  readonly books: number;
  readonly teachers: number;
  readonly aboveQualification: number;
  readonly midTitle: number;
}

/** From the total's smallest unit to the indicator's: m², yuan, sets per hundred pupils, volumes, persons. */
const UNITS: Readonly<Record<DemoIndicator, number>> = {
  rooms: 0.01,
  sports: 0.01,
  equipment: 1,
  computers: 100,
  books: 1,
  teachers: 1,
  aboveQualification: 1,
  midTitle: 1,
};

/** What a return may say of each pupil without a warning; the units are those of {@link UNITS}. */
const BANDS: Readonly<Record<DemoIndicator, readonly [least: number, most: number]>> = {
  rooms: [1.05, 20],
  sports: [0.2, 40],
  equipment: [100, 20_000],
  computers: [2, 60],
  books: [1, 150],
  teachers: [0.03, 0.2],
  aboveQualification: [0, 1],
  midTitle: [0, 1],
};

const SCHOOLS = { primary: 18, junior: 12 } as const;

/** Schools whose weighted means, coefficients and composite print as published. */
export function solve(county: PublishedCounty): SolvedSchool[] {
  for (let attempt = 1; attempt <= 200; attempt++) {
    const schools = attemptWith(county, seeded(seedOf(`${county.county}-${county.stage}-${attempt}`)));
    if (schools) return schools;
  }
  throw new Error(`No schools found for ${county.county} ${county.stage}.`);
}

function attemptWith(county: PublishedCounty, random: () => number): SolvedSchool[] | undefined {
  const pupils = enrolments(county, random);
  const totals = {} as Record<DemoIndicator, number[]>;
  const staffing = staffingShape(county, pupils, random);
  for (const [at, indicator] of indicators.entries()) {
    const isStaff = at >= indicators.indexOf('teachers');
    const shape = isStaff ? staffing.map((value) => value * Math.exp(normal(random) * 0.03)) : shapeOf(pupils, random);
    const grain = { unit: UNITS[indicator], ...bounds(indicator, county, pupils, totals) };
    const found = spread(pupils, shape, targetOf(county, at), grain, random);
    if (!found) return undefined;
    totals[indicator] = found;
  }
  return pupils.map((count, i) => ({
    pupils: count,
    ...(Object.fromEntries(indicators.map((each) => [each, totals[each][i] ?? 0])) as Record<DemoIndicator, number>),
  }));
}

function bounds(
  indicator: DemoIndicator,
  county: PublishedCounty,
  pupils: readonly number[],
  totals: Readonly<Record<DemoIndicator, number[]>>,
) {
  const [low, high] = BANDS[indicator];
  const some = pupils.map((count) => Math.ceil((low * count) / UNITS[indicator]));
  if (indicator === 'aboveQualification' || indicator === 'midTitle') return { least: some, most: totals.teachers };
  const uneven = indicator === 'teachers' && isUneven(county);
  return { least: some, most: pupils.map((count) => (uneven ? count : Math.floor((high * count) / UNITS[indicator]))) };
}

/** 蜀山 junior: so uneven in teachers, and so even in their qualification, that a few small schools must explain it. */
function isUneven({ cvs }: PublishedCounty): boolean {
  return Number(cvs[indicators.indexOf('teachers')]) > 0.6;
}

function staffingShape(county: PublishedCounty, pupils: readonly number[], random: () => number): number[] {
  if (!isUneven(county)) return shapeOf(pupils, random);
  return pupils.map((_, i) => (i < 3 ? 6 : 1) * Math.exp(normal(random) * 0.02));
}

/**
 * A published composite may come from unrounded coefficients (永川 primary: 0.562, while the mean of the printed ones is
 * 0.56275), so each aims a little to that side of its print which brings their mean nearer to the printed composite.
 */
function targetOf({ means, cvs, composite }: PublishedCounty, at: number): Target {
  const mean = means[at] ?? '';
  const printed = cvs.reduce((sum, cv) => sum + Number(cv), 0) / cvs.length;
  const lean = Math.max(-0.00036, Math.min(0.00036, Number(composite) - printed));
  const halfPrint = 0.5 * 10 ** -(mean.split('.')[1]?.length ?? 0);
  return { mean: Number(mean), cv: Number(cvs[at]) + lean, meanWithin: halfPrint * 0.6, cvWithin: 0.00008 };
}

/**
 * From a village school to a town's large one. Whole computers and teachers reach a printed mean only for some sums of
 * pupils, so the largest school is made larger until all means are possible.
 */
function enrolments(county: PublishedCounty, random: () => number): number[] {
  const count = SCHOOLS[county.stage];
  const pupils = Array.from({ length: count }, (_, i) =>
    Math.round(70 * 26 ** (i / (count - 1)) * (0.9 + 0.2 * random())),
  );
  const sum = () => pupils.reduce((all, each) => all + each, 0);
  const possible = () => indicators.every((each, at) => meanIsPossible(sum(), UNITS[each], targetOf(county, at)));
  while (!possible()) pupils[count - 1] = (pupils[count - 1] ?? 0) + 1;
  return pupils;
}

/** Positive factors around 1; small schools tend to have more of everything for each pupil. */
function shapeOf(pupils: readonly number[], random: () => number): number[] {
  const largest = Math.max(...pupils);
  return pupils.map((count) => Math.exp(normal(random) * 0.6) * (largest / count) ** (0.4 * random()));
}
