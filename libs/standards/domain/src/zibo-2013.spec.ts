import { describe, expect, it } from '@jest/globals';
import { Rational } from '@junheng/kernel';
import { cnBasic2012 } from './cn-basic-2012.js';
import { meanOfRootsIsWithin } from './coefficient-of-variation.formula.js';

/** The sentence names the junior stage first. */
const zibo = [
  ['张店区', '0.54', '0.50'],
  ['淄川区', '0.44', '0.54'],
  ['桓台县', '0.30', '0.44'],
] as const;
const isWithin = (cv: string, limit: string) =>
  meanOfRootsIsWithin([Rational.of(cv).times(Rational.of(cv))], Rational.of(limit));

describe('Zibo 2013', () => {
  const { primary, junior } = cnBasic2012.balance?.limits ?? { primary: '0', junior: '0' };

  it.each(zibo)('%s is balanced: junior %s, primary %s', (_, juniorCv, primaryCv) => {
    expect(isWithin(juniorCv, junior)).toBe(true);
    expect(isWithin(primaryCv, primary)).toBe(true);
  });

  it('leaves 张店区 a margin of one hundredth, which reading primary first would hide', () => {
    expect(isWithin('0.54', Rational.of(junior).minus(Rational.of('0.02')).toDecimal(2))).toBe(false);
    expect(isWithin('0.54', Rational.of(primary).minus(Rational.of('0.02')).toDecimal(2))).toBe(true);
  });
});
