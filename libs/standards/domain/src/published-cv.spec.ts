import { describe, expect, it } from '@jest/globals';
import { cnBasic2012 } from './cn-basic-2012.js';
import { cnQuality2017 } from './cn-quality-2017.js';
import { publishedRows } from './fixtures/published-cv.js';
import { assessPublished } from './published-cv.formula.js';

const all = publishedRows.map((row) => [row.county, row.stage, row] as const);
const isYongchuanPrimary = ([county, stage]: readonly [string, string, unknown]) =>
  county === '永川区' && stage === 'primary';

describe('A published county', () => {
  it.each(all.filter((row) => !isYongchuanPrimary(row)))('%s %s has the printed composite', (_, __, row) => {
    const { agreement, composite, printedComposite, balance } = assessPublished(cnBasic2012, row);
    expect(agreement).toBe('equal');
    expect(Number(composite?.cv).toFixed(6)).toMatch(/^0\.\d{6}$/);
    expect(printedComposite).toBe(row.composite);
    expect(balance).toBe('pass');
  });

  it('永川区 primary was printed from unrounded coefficients: 0.56275 beside 0.562', () => {
    const [, , row] = all.find(isYongchuanPrimary) ?? [];
    if (row === undefined) throw new Error('The row is missing.');
    expect(assessPublished(cnBasic2012, row)).toMatchObject({
      composite: { cv: '0.56275', within: true },
      printedComposite: '0.562',
      agreement: 'unrounded',
      balance: 'pass',
    });
  });

  it('whose print no rounding explains contradicts its own table', () => {
    const [row] = publishedRows;
    if (row === undefined) throw new Error('The row is missing.');
    expect(assessPublished(cnBasic2012, { ...row, composite: '0.590' }).agreement).toBe('contradicts');
  });

  it('passes by the composite although one coefficient lies above the limit: 庐阳区 sports 1.299', () => {
    const [row] = publishedRows;
    if (row === undefined) throw new Error('The row is missing.');
    const { indicators, composite } = assessPublished(cnBasic2012, row);
    expect(indicators[1]).toMatchObject({ indicator: 'sports', cv: '1.299', limit: null, within: null });
    expect(composite).toMatchObject({ cv: '0.59175', within: true });
  });

  it('fails the quality balance by one coefficient, whatever its composite', () => {
    const [row] = publishedRows;
    if (row === undefined) throw new Error('The row is missing.');
    const quality = assessPublished(cnQuality2017, row);
    expect(quality.composite).toBeNull();
    expect(quality.indicators.find(({ indicator }) => indicator === 'sports')?.within).toBe(false);
    expect(quality.balance).toBe('fail');
  });

  it('stays open while a coefficient is missing', () => {
    const [row] = publishedRows;
    if (row === undefined) throw new Error('The row is missing.');
    const { composite, balance } = assessPublished(cnBasic2012, { ...row, cvs: { ...row.cvs, books: null } });
    expect(composite).toMatchObject({ status: 'incomplete', cv: null, within: null });
    expect(balance).toBe('incomplete');
  });
});
