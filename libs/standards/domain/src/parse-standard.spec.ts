import { describe, expect, it } from '@jest/globals';
import { RuleViolation } from '@junheng/kernel';
import { builtInStandards } from './built-in.js';
import { cnBasic2012 } from './cn-basic-2012.js';
import { cnQuality2017 } from './cn-quality-2017.js';
import { hubei2012 } from './hubei-2012.js';
import { parseStandard } from './parse-standard.js';

const whereWrong = (content: unknown): unknown => {
  try {
    parseStandard(content);
  } catch (refusal) {
    if (refusal instanceof RuleViolation && refusal.code === 'STANDARD_INVALID') return refusal.details.where;
    throw refusal;
  }
  return undefined;
};
const { balance } = cnBasic2012;

describe('A published standard', () => {
  it.each(builtInStandards.map((standard) => [standard.id, standard] as const))('%s survives JSON', (_, standard) => {
    expect(parseStandard(JSON.parse(JSON.stringify(standard)))).toEqual(standard);
  });

  it('may raise the lines: Jiangsu classes of 40 and 45', () => {
    const norms = hubei2012.norms.map((norm) =>
      norm.kind === 'class-size' ? { ...norm, limit: { primary: '40', junior: '45' } } : norm,
    );
    expect(whereWrong({ ...hubei2012, norms })).toBeUndefined();
  });

  it('is refused with the path of a wrong number', () => {
    expect(whereWrong({ ...cnBasic2012, balance: { ...balance, limits: { primary: 0.65, junior: '0.55' } } })).toBe(
      'balance.limits.primary',
    );
  });

  it('is refused with the path of a missing stage', () => {
    expect(whereWrong({ ...cnBasic2012, balance: { ...balance, limits: { primary: '0.65' } } })).toBe(
      'balance.limits.junior',
    );
  });

  it('is refused when it says more than the format knows', () => {
    expect(() => parseStandard({ ...cnBasic2012, bonus: '5' })).toThrow('bonus');
  });

  it('is refused when its balance names an indicator that is not there', () => {
    expect(whereWrong({ ...cnBasic2012, balance: { ...balance, indicators: ['books', 'pianos'] } })).toBe(
      'balance.indicators.1',
    );
  });

  it('is refused when an indicator is there twice', () => {
    const indicators = [...cnBasic2012.indicators, ...cnBasic2012.indicators.slice(0, 1)];
    expect(whereWrong({ ...cnBasic2012, indicators })).toBe('indicators.8.id');
  });

  it('is refused when a school must reach a line that is not drawn', () => {
    const indicators = cnQuality2017.indicators.map((each) => (each.id === 'sports' ? { ...each, line: null } : each));
    expect(whereWrong({ ...cnQuality2017, indicators })).toBe('schools.rule.indicators.4');
  });

  it('is refused when it ends before it begins', () => {
    expect(whereWrong({ ...cnBasic2012, validTo: '2011-08-31' })).toBe('validTo');
  });

  it.each([null, 'standard', [], 7])('is not %j', (content) => {
    expect(whereWrong(content)).toBe('');
  });
});
