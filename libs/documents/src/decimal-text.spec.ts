import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decimalOfFloat, decimalText, movePoint } from './decimal-text.js';

describe('A typed number', () => {
  it.each([
    ['1844.70', '1844.7'],
    ['1,234,567.50', '1234567.5'],
    ['１２３．５', '123.5'],
    [' 007 ', '7'],
    ['+5', '5'],
    ['-0', '0'],
    ['0.00', '0'],
    ['-1.20', '-1.2'],
  ])('%j is stored as %s', (typed, stored) => {
    expect(decimalText(typed)).toBe(stored);
  });

  it.each(['', '?', '1,23', '1e3', '12 m', '.5', '1.2.3', '十二'])('%j is no number', (typed) => {
    expect(decimalText(typed)).toBeUndefined();
  });
});

describe('A text of a hundred thousand digits', () => {
  it('is no number, at once', () => {
    expect(decimalText('0'.repeat(100_000))).toBeUndefined();
  });
});

describe('A number of a workbook', () => {
  it.each([
    [0.1 + 0.2, '0.3'],
    [1610.3200000000002, '1610.32'],
    [1e21, '1000000000000000000000'],
    [1.5e-7, '0.00000015'],
    [-2.5, '-2.5'],
    [0, '0'],
  ])('%d is shown as %s', (float, shown) => {
    expect(decimalOfFloat(float)).toBe(shown);
  });

  it('keeps every decimal of up to 15 digits', () => {
    const digits = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }), fc.integer({ min: 0, max: 12 }));
    fc.assert(
      fc.property(digits, ([whole, places]) => {
        const text = decimalText(movePoint(String(whole), -places));
        return decimalOfFloat(Number(text)) === text;
      }),
    );
  });
});
