import { describe, expect, it } from '@jest/globals';
import { annualReturnForm } from './annual-return.form.js';
import { outliers, type PeerReturn } from './outlier.formula.js';

const school = (n: number, books: string, p_enrol = '100'): PeerReturn => ({
  school: `210000000${n}`,
  schoolType: 'primary',
  figures: { p_enrol, books },
});
const peers = ['2000', '2100', '2200', '1900', '2050'].map((books, n) => school(n, books));

describe('Outliers among a county’s schools', () => {
  it('are far from the median and outside of the quartiles', () => {
    const found = outliers(annualReturnForm, [...peers, school(6, '9000')]);
    expect([...found.keys()]).toEqual(['2100000006']);
    expect(found.get('2100000006')).toEqual([
      expect.objectContaining({
        check: 'books_unlike_peers',
        level: 'warn',
        figures: { books: '9000', p_enrol: '100' },
      }),
    ]);
  });

  it('are compared per pupil', () =>
    expect(outliers(annualReturnForm, [...peers, school(6, '9000', '440')]).size).toBe(0));

  it('need enough peers of the same type', () => {
    const [a, b] = peers;
    expect(outliers(annualReturnForm, a && b ? [a, b, school(6, '9000')] : []).size).toBe(0);
    expect(outliers(annualReturnForm, [...peers, { ...school(6, '9000'), schoolType: 'junior' }]).size).toBe(0);
  });

  it('leave out schools whose figure or pupils are missing', () =>
    expect(outliers(annualReturnForm, [...peers, { ...school(6, '9000'), figures: { books: '9000' } }]).size).toBe(0));
});
