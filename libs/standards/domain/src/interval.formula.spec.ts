import { describe, expect, it } from '@jest/globals';
import { Rational } from '@junheng/kernel';
import fc from 'fast-check';
import { dispersion, type Weighted } from './coefficient-of-variation.formula.js';
import { type Bounds, cvBounds } from './interval.formula.js';

const rational = (numerator: number, denominator = 1) => Rational.of(numerator).dividedBy(Rational.of(denominator));
const whole = (min: number, max: number) => fc.integer({ min, max });
const thousandth = whole(0, 1000);

const known = fc.array(fc.record({ pupils: whole(1, 2000), resource: whole(1, 40_000) }), {
  minLength: 1,
  maxLength: 8,
});
const gap = fc.record({
  pupils: whole(0, 1500),
  morePupils: whole(0, 1500),
  low: whole(0, 200),
  more: whole(0, 400),
  pupilsAt: thousandth,
  valueAt: thousandth,
});
type Gap = { pupils: number; morePupils: number; low: number; more: number; pupilsAt: number; valueAt: number };

const boundsOf = ({ pupils, morePupils, low, more }: Gap): Bounds => ({
  pupils: { low: rational(pupils), high: rational(pupils + morePupils) },
  value: { low: rational(low, 10), high: rational(low + more, 10) },
});

/** One of the ways in which the missing school may still report. */
const completion = ({ pupils, morePupils, low, more, pupilsAt, valueAt }: Gap): Weighted => {
  const count = rational(pupils * 1000 + morePupils * pupilsAt, 1000);
  return { pupils: count, resource: count.times(rational(low * 1000 + more * valueAt, 10_000)) };
};
const reported = (list: readonly { pupils: number; resource: number }[]): Weighted[] =>
  list.map(({ pupils, resource }) => ({ pupils: rational(pupils), resource: rational(resource) }));

function encloses(schools: readonly { pupils: number; resource: number }[], missing: readonly Gap[]): boolean {
  const before = dispersion(reported(schools));
  const after = dispersion([...reported(schools), ...missing.map(completion)]);
  if (before === null || after?.cvSquared == null) return false;
  const { lowSquared, highSquared } = cvBounds(before, missing.map(boundsOf));
  const isAbove = lowSquared.compare(after.cvSquared) <= 0;
  return isAbove && (highSquared === null || after.cvSquared.compare(highSquared) <= 0);
}

describe('The interval of a coefficient while schools are missing', () => {
  it('encloses the coefficient of every completion', () => {
    fc.assert(fc.property(known, fc.array(gap, { minLength: 1, maxLength: 12 }), encloses), { numRuns: 400 });
  });

  it('encloses every completion when the pupils are known from last year', () => {
    const lastYear = gap.map((each) => ({ ...each, morePupils: 0 }));
    fc.assert(fc.property(known, fc.array(lastYear, { minLength: 1, maxLength: 8 }), encloses), { numRuns: 300 });
  });

  it('encloses the extremes themselves', () => {
    const end = fc.constantFrom(0, 1000);
    const extreme = fc.tuple(gap, end, end).map(([each, pupilsAt, valueAt]) => ({ ...each, pupilsAt, valueAt }));
    fc.assert(fc.property(known, fc.array(extreme, { minLength: 1, maxLength: 8 }), encloses), { numRuns: 300 });
  });

  it('reaches both ends for one missing school with known pupils', () => {
    const schools = reported([
      { pupils: 100, resource: 500 },
      { pupils: 200, resource: 1200 },
      { pupils: 100, resource: 700 },
    ]);
    const before = dispersion(schools);
    if (before === null) throw new Error('Nothing is known.');
    const pupils = rational(100);
    const range = { low: rational(2), high: rational(9) };
    const { lowSquared, highSquared } = cvBounds(before, [{ pupils: { low: pupils, high: pupils }, value: range }]);
    const at = (value: Rational) => dispersion([...schools, { pupils, resource: pupils.times(value) }])?.cvSquared;
    expect(highSquared?.toFixed(12)).toBe(at(range.low)?.toFixed(12));
    // Least where the school has what the others have on the pupil-weighted average of squares: 1460 / 240.
    expect(lowSquared.toFixed(12)).toBe(at(before.squares.dividedBy(before.resources))?.toFixed(12));
  });

  it('closes on the coefficient when the missing figures are all but certain', () => {
    const schools = reported([
      { pupils: 45, resource: 279 },
      { pupils: 37, resource: 137 },
      { pupils: 89, resource: 935 },
      { pupils: 76, resource: 160 },
    ]);
    const before = dispersion(schools);
    if (before === null) throw new Error('Nothing is known.');
    const value = rational(402, 55);
    const pupils = rational(55);
    const exact = { pupils: { low: pupils, high: pupils }, value: { low: value, high: value } };
    const { lowSquared, highSquared } = cvBounds(before, [exact]);
    expect(lowSquared.sqrt(12).toFixed(6)).toBe('0.515257');
    expect(highSquared?.sqrt(12).toFixed(6)).toBe('0.515257');
  });

  it('has no upper end when what is known is nothing', () => {
    const before = dispersion([{ pupils: rational(100), resource: Rational.zero }]);
    if (before === null) throw new Error('Nothing is known.');
    const pupils = { low: rational(10), high: rational(50) };
    const { highSquared } = cvBounds(before, [{ pupils, value: { low: Rational.zero, high: rational(5) } }]);
    expect(highSquared).toBeNull();
  });
});
