import { describe, expect, it } from '@jest/globals';
import { Rational } from '@junheng/kernel';
import fc from 'fast-check';
import {
  dispersion,
  isBorderline,
  meanOfRoots,
  meanOfRootsIsWithin,
  rootIsWithin,
  roundedRoot,
  type Weighted,
} from './coefficient-of-variation.formula.js';

const of = (pupils: number | string, resource: number | string): Weighted => ({
  pupils: Rational.of(pupils),
  resource: Rational.of(resource),
});
const schools = fc.array(
  fc.record({ pupils: fc.integer({ min: 1, max: 3000 }), resource: fc.integer({ min: 1, max: 900_000 }) }),
  { minLength: 1, maxLength: 30 },
);
const weighted = (list: readonly { pupils: number; resource: number }[]) =>
  list.map(({ pupils, resource }) => of(pupils, resource));
const cvSquared = (list: readonly Weighted[]) => dispersion(list)?.cvSquared ?? Rational.of(-1);
const isSame = (a: Rational, b: Rational) => a.compare(b) === 0;

describe('The coefficient of variation', () => {
  it('has no unit: a resource counted in other units gives the same', () => {
    fc.assert(
      fc.property(schools, fc.integer({ min: 1, max: 100_000 }), (list, unit) => {
        const scaled = list.map(({ pupils, resource }) => ({ pupils, resource: resource * unit }));
        return isSame(cvSquared(weighted(list)), cvSquared(weighted(scaled)));
      }),
    );
  });

  it('does not depend on the order of the schools', () => {
    fc.assert(
      fc.property(schools, (list) => isSame(cvSquared(weighted(list)), cvSquared(weighted(list.toReversed())))),
    );
  });

  it('counts a school by its pupils: one of two hundred is two of one hundred', () => {
    fc.assert(
      fc.property(schools, (list) => {
        const halves = list.flatMap(({ pupils, resource }) => [of(pupils, resource), of(pupils, resource)]);
        const whole = list.map(({ pupils, resource }) => of(2 * pupils, 2 * resource));
        return isSame(cvSquared(whole), cvSquared(halves));
      }),
    );
  });

  it('is zero exactly when every school has as much for each pupil', () => {
    fc.assert(
      fc.property(schools, fc.integer({ min: 1, max: 50 }), (list, each) => {
        const even = list.map(({ pupils }) => of(pupils, pupils * each));
        return cvSquared(even).isZero;
      }),
    );
  });

  it('agrees with the deviation over the mean, school by school', () => {
    fc.assert(
      fc.property(schools, (list) => {
        const measured = dispersion(weighted(list));
        if (measured === null || measured.cvSquared === null) return false;
        const { mean, pupils } = measured;
        const variance = Rational.sum(
          weighted(list).map((school) => {
            const deviation = school.resource.dividedBy(school.pupils).minus(mean);
            return school.pupils.dividedBy(pupils).times(deviation).times(deviation);
          }),
        );
        return isSame(variance, measured.variance) && isSame(variance, measured.cvSquared.times(mean).times(mean));
      }),
    );
  });

  it('is undefined, and not zero, when nobody has anything', () => {
    expect(dispersion([of(120, 0), of(80, 0)])?.cvSquared).toBeNull();
  });

  it('does not exist without a pupil', () => {
    expect(dispersion([])).toBeNull();
    expect(dispersion([of(0, 12)])).toBeNull();
  });
});

describe('A limit', () => {
  it('is compared with the square, so that a root which prints as the limit does not pass', () => {
    const limit = Rational.of('0.5');
    expect(rootIsWithin(Rational.of('0.25'), limit)).toBe(true);
    expect(rootIsWithin(Rational.of('0.2500000000000000000000000001'), limit)).toBe(false);
    expect(roundedRoot(Rational.of('0.2500000000000000000000000001'), 12)).toBe('0.5');
  });

  it('of a composite holds at the limit itself', () => {
    const squares = ['0.36', '0.49'].map(Rational.of);
    expect(meanOfRootsIsWithin(squares, Rational.of('0.65'))).toBe(true);
    expect(meanOfRootsIsWithin(squares, Rational.of('0.6499999999999999999999'))).toBe(false);
  });

  it('of a composite is decided beyond the digits that anybody prints', () => {
    const squares = [Rational.of(2), Rational.of(3)];
    const just = meanOfRoots(squares, 60);
    const ulp = Rational.of('0.000000000000000000000000000000000000000000000000000000000002');
    expect(meanOfRootsIsWithin(squares, just.plus(ulp))).toBe(true);
    expect(meanOfRootsIsWithin(squares, just.minus(ulp))).toBe(false);
  });

  it('agrees for one coefficient with the comparison of the square', () => {
    const hundredth = fc.integer({ min: 0, max: 200 }).map((n) => Rational.of(n).dividedBy(Rational.of(100)));
    fc.assert(
      fc.property(hundredth, hundredth, (square, limit) => {
        return meanOfRootsIsWithin([square], limit) === rootIsWithin(square, limit);
      }),
    );
  });
});

describe('The borderline flag', () => {
  const rule = { within: '0.0005', printedDecimals: 2 };
  const flag = (cv: string, limit: string) =>
    isBorderline(Rational.of(cv), Rational.of(cv).compare(Rational.of(limit)) <= 0, Rational.of(limit), rule);

  it('is set within 0.0005 of the limit, on both sides', () => {
    expect(flag('0.4995', '0.5')).toBe(true);
    expect(flag('0.5005', '0.5')).toBe(true);
    expect(flag('0.4994', '0.5')).toBe(false);
  });

  it('is set when the print would pass what the figure does not', () => {
    expect(flag('0.501787', '0.50')).toBe(true);
    expect(flag('0.505', '0.50')).toBe(false);
  });
});
