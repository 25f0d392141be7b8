import { Rational } from '@junheng/kernel';
import { describe, expect, it } from '@jest/globals';
import { dispersion, roundedRoot } from './coefficient-of-variation.formula.js';
import { cnBasic2012 } from './cn-basic-2012.js';
import { assessCounty } from './county-assessment.formula.js';
import { booksWorkedExample } from './fixtures/books-worked-example.js';
import { school } from './fixtures/school.js';
import { stageUnits } from './split.formula.js';

const schools = booksWorkedExample.map(({ pupils, books }) => ({
  pupils: Rational.of(pupils),
  resource: Rational.of(books),
}));

describe('The worked example of books per pupil', () => {
  const measured = dispersion(schools);

  it('has the mean, deviation and coefficient of the method sheet', () => {
    expect(measured?.mean.toFixed(6)).toBe('6.334437');
    expect(roundedRoot(measured?.variance ?? Rational.zero, 6)).toBe('3.263861');
    expect(roundedRoot(measured?.cvSquared ?? Rational.zero, 6)).toBe('0.515257');
  });

  it('prints as 0.52', () => {
    expect(measured?.cvSquared?.sqrt(12).toFixed(2)).toBe('0.52');
  });

  it('is neither the unweighted population nor the unweighted sample form', () => {
    const ratios = booksWorkedExample.map(({ pupils, books }) => Number(books) / Number(pupils));
    const mean = ratios.reduce((a, b) => a + b) / ratios.length;
    const squares = ratios.reduce((total, each) => total + (each - mean) ** 2, 0);
    expect((Math.sqrt(squares / 5) / mean).toFixed(6)).toBe('0.488771');
    expect((Math.sqrt(squares / 4) / mean).toFixed(6)).toBe('0.546462');
    expect(['0.488771', '0.546462']).not.toContain(measured?.cvSquared?.sqrt(12).toFixed(6));
  });

  it('comes out of an assessment of the county with twelve decimals', () => {
    const units = booksWorkedExample.flatMap(({ school: name, pupils, books }) =>
      stageUnits(school(name, { p_enrol: pupils, books }), cnBasic2012.split),
    );
    const [primary] = assessCounty(cnBasic2012, units).stages;
    const books = primary?.indicators.find(({ indicator }) => indicator === 'books');
    expect(books).toMatchObject({
      status: 'known',
      mean: '6.334437086093',
      deviation: '3.263860705195',
      cv: '0.515256629884',
    });
  });
});
