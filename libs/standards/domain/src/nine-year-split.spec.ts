import { describe, expect, it } from '@jest/globals';
import { cnBasic2012 } from './cn-basic-2012.js';
import { school } from './fixtures/school.js';
import { sharedFigure } from './ratio.formula.js';
import { stageUnits } from './split.formula.js';

const facts = { schoolType: 'nine-year', stages: ['primary', 'junior'] } as const;
const nineYear = school('某九年一贯制学校', { p_enrol: '166', j_enrol: '210', books: '23226' }, facts);

describe('The published split of a nine-year school', () => {
  const [primary, junior] = stageUnits(nineYear, cnBasic2012.split).map((unit) => sharedFigure(unit, 'books'));

  it('gives the primary stage 9 711.627204 of 23 226 books', () => expect(primary?.toFixed(6)).toBe('9711.627204'));

  it('gives the junior stage 13 514.372796', () => expect(junior?.toFixed(6)).toBe('13514.372796'));

  it('differs by one from the official paper, which rounded on the way', () => {
    expect([primary?.toFixed(0), junior?.toFixed(0)]).toEqual(['9712', '13514']);
  });
});
