import { describe, expect, it, jest } from '@jest/globals';
import { Rational } from '@junheng/kernel';
import { madeUpCounties } from './made-up-schools.js';
import { type DemoIndicator, indicators, published } from './published.js';
import { solve, type SolvedSchool } from './solve.js';

// Workbooks and fractions take their time beside other specs on a small machine.
jest.setTimeout(60_000);

const PER: Readonly<Record<DemoIndicator, string>> = {
  rooms: '0.01',
  sports: '0.01',
  equipment: '1',
  computers: '100',
  books: '1',
  teachers: '1',
  aboveQualification: '1',
  midTitle: '1',
};
const ratio = (a: Rational, b: Rational) => a.dividedBy(b);

/** Exactly, but for the square root, which is cut off after 30 decimals. */
function measured(schools: readonly SolvedSchool[], indicator: DemoIndicator) {
  const amount = (school: SolvedSchool) => Rational.of(school[indicator]).times(Rational.of(PER[indicator]));
  const all = Rational.sum(schools.map(({ pupils }) => Rational.of(pupils)));
  const mean = ratio(Rational.sum(schools.map(amount)), all);
  const variance = Rational.sum(
    schools.map((school) => {
      const off = ratio(amount(school), Rational.of(school.pupils)).minus(mean);
      return off.times(off).times(ratio(Rational.of(school.pupils), all));
    }),
  );
  return { mean, cv: ratio(variance.sqrt(30), mean) };
}

const decimals = (printed: string) => printed.split('.')[1]?.length ?? 0;

describe.each(madeUpCounties())('The made-up $stage schools of $county', ({ county, stage, schools }) => {
  const print = published.find((each) => each.county === county && each.stage === stage)!;
  const figures = indicators.map((indicator) => measured(schools, indicator));

  it('have the published means, to the printed decimals', () => {
    expect(figures.map(({ mean }, at) => mean.toFixed(decimals(print.means[at]!)))).toEqual(print.means);
  });

  it('have the published coefficients of variation, to the printed decimals', () => {
    expect(figures.map(({ cv }) => cv.toFixed(3))).toEqual(print.cvs);
  });

  it('have the published composite, as the mean of the unrounded coefficients', () => {
    const composite = ratio(Rational.sum(figures.map(({ cv }) => cv)), Rational.of(figures.length));
    expect(composite.toFixed(3)).toBe(print.composite);
  });

  it('could be: whole, of a size that schools have, with no more qualified teachers than teachers', () => {
    for (const school of schools) {
      expect(Object.values(school).every((value) => Number.isSafeInteger(value) && value >= 0)).toBe(true);
      expect(school.pupils).toBeGreaterThanOrEqual(45);
      expect(school.pupils).toBeLessThanOrEqual(4000);
      expect(school.teachers).toBeGreaterThan(0);
      expect(Math.max(school.aboveQualification, school.midTitle)).toBeLessThanOrEqual(school.teachers);
      expect(school.rooms).toBeGreaterThanOrEqual(100 * school.pupils);
    }
  });
});

describe('The made-up counties', () => {
  it('are those that were published, and none beside them', () => {
    const of = ({ county, stage }: { county: string; stage: string }) => `${county} ${stage}`;
    expect(madeUpCounties().map(of)).toEqual(published.map(of));
  });

  it('are found by the solver, from the published figures alone', () => {
    const [first] = published;
    expect(indicators.map((each) => Number(measured(solve(first!), each).cv.toFixed(3)))).toEqual(
      first!.cvs.map(Number),
    );
  });
});
