import { describe, expect, it } from '@jest/globals';
import { Rational } from '@junheng/kernel';
import fc from 'fast-check';
import { cnBasic2012 } from './cn-basic-2012.js';
import { school } from './fixtures/school.js';
import { sharedFigure } from './ratio.formula.js';
import { split, stageUnits } from './split.formula.js';

const weights = cnBasic2012.split;
const count = fc.integer({ min: 0, max: 4000 }).map((pupils) => Rational.of(pupils));

describe('What the stages of a school share', () => {
  it('is split without remainder', () => {
    fc.assert(
      fc.property(count, count, count, (primary, junior, senior) => {
        const shares = Object.values(split({ primary, junior, senior }, weights));
        const isEmpty = primary.isZero && junior.isZero && senior.isZero;
        const isWhole = Rational.sum(shares.flatMap((share) => share ?? [])).compare(Rational.one) === 0;
        return isEmpty ? shares.every((share) => share === null) : isWhole;
      }),
    );
  });

  it('goes 1 : 1.2 to the junior and senior stages of a complete middle school', () => {
    const shares = split({ junior: Rational.of(500), senior: Rational.of(400) }, weights);
    expect(shares.junior?.toFixed(12)).toBe(Rational.of(500).dividedBy(Rational.of(980)).toFixed(12));
  });

  it('goes 1 : 1.1 : 1.32 to the stages of a twelve-year school', () => {
    const shares = split({ primary: Rational.of(100), junior: Rational.of(100), senior: Rational.of(100) }, weights);
    expect(shares.senior?.compare(Rational.of(132).dividedBy(Rational.of(342)))).toBe(0);
  });

  it('stays whole in a school of one stage, whatever its enrolment', () => {
    const [unit] = stageUnits(school('2142000501', { books: '300' }), weights);
    expect(unit && sharedFigure(unit, 'books')?.toDecimal(3)).toBe('300');
  });

  it('is unknown for every stage while one enrolment is unknown', () => {
    const nineYear = school(
      '3142000501',
      { p_enrol: '166', j_enrol: null, books: '23226' },
      {
        schoolType: 'nine-year',
        stages: ['primary', 'junior'],
      },
    );
    expect(stageUnits(nineYear, weights).map((unit) => sharedFigure(unit, 'books'))).toEqual([null, null]);
  });
});
