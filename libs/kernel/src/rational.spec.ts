import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Rational } from './rational.js';

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 12 }))
  .map(([digits, scale]) => Rational.of(digits).dividedBy(Rational.of(10n ** BigInt(scale))));

describe('A rational', () => {
  it('adds decimals without an error of its own', () => {
    expect(Rational.sum(['0.1', '0.2'].map(Rational.of)).compare(Rational.of('0.3'))).toBe(0);
  });

  it('keeps a split exact until it is shown', () => {
    const split = Rational.of(23226).times(Rational.of(166)).dividedBy(Rational.of(397));
    expect(split.toFixed(6)).toBe('9711.627204');
  });

  it('rounds halves away from zero', () => {
    expect(Rational.of('0.0005').toFixed(3)).toBe('0.001');
    expect(Rational.of('-0.0005').toFixed(3)).toBe('-0.001');
    expect(Rational.of('-0.0004').toFixed(3)).toBe('0.000');
    expect(Rational.of('1249.5').toFixed(0)).toBe('1250');
  });

  it('stores a decimal without trailing zeros', () => {
    expect(Rational.of('1844.70').toDecimal(6)).toBe('1844.7');
    expect(Rational.of('100').toDecimal(6)).toBe('100');
    expect(Rational.of('0').toDecimal(6)).toBe('0');
  });

  it.each(['', ' 1', '1e3', '.5', '1.', '1,000', '+1', 'NaN', '0x1'])('does not guess at %j', (text) => {
    expect(() => Rational.of(text)).toThrow(RangeError);
  });

  it('takes no number that a float has already rounded', () => {
    expect(() => Rational.of(0.1)).toThrow(RangeError);
    expect(() => Rational.of(2 ** 53)).toThrow(RangeError);
  });

  it('has no ratio to zero', () => {
    expect(() => Rational.one.dividedBy(Rational.zero)).toThrow('Division by zero');
  });

  it('undoes a division by a multiplication', () => {
    fc.assert(fc.property(decimal, decimal, (a, b) => b.isZero || a.dividedBy(b).times(b).compare(a) === 0));
  });

  it('brackets a square root within one unit of its last digit', () => {
    fc.assert(
      fc.property(decimal, (a) => {
        const square = a.times(a);
        const root = square.plus(Rational.one).sqrt(10);
        const next = root.plus(Rational.of('0.0000000001'));
        const target = square.plus(Rational.one);
        return root.times(root).compare(target) <= 0 && next.times(next).compare(target) > 0;
      }),
    );
  });

  it('rounds up to the next whole number only when it must', () => {
    expect(Rational.of('3.0').ceil()).toBe(3n);
    expect(Rational.of('3.01').ceil()).toBe(4n);
    expect(Rational.of('-3.5').ceil()).toBe(-3n);
  });
});
