import { describe, expect, it } from '@jest/globals';
import type { Figure } from './figures.js';
import { assessCounty } from './county-assessment.formula.js';
import { school } from './fixtures/school.js';
import { gansu } from './gansu.js';
import { stageUnits } from './split.formula.js';

const rule = gansu.schools?.rule;
const groups = rule?.kind === 'items' ? rule.groups : [];
/** The first items are met, the following are not known, the rest is not met. */
const verdict = (core: number, comprehensive: number, unknown = 0) => {
  const flags = [core, comprehensive].flatMap((met, group) =>
    (groups[group]?.items ?? []).map(({ field }, index): [string, Figure] => [
      field,
      index < met ? true : index < met + unknown ? null : false,
    ]),
  );
  const figures = { p_enrol: '200', ...Object.fromEntries(flags) };
  const [assessed] = assessCounty(gansu, stageUnits(school('2162000501', figures), gansu.split)).schools;
  return assessed?.verdict;
};

describe('A standardised school of Gansu', () => {
  it('meets 9 of 12 core and 34 of 40 comprehensive items', () => expect(verdict(9, 34)).toBe('pass'));

  it('does not with 33 of 40: 82.5 %', () => expect(verdict(9, 33)).toBe('fail'));

  it('does not with 8 of 12, whatever the rest', () => expect(verdict(8, 40)).toBe('fail'));

  it('stays open while unknown items may still decide', () => expect(verdict(8, 40, 1)).toBe('incomplete'));

  it('is decided in spite of unknown items when they cannot turn it', () => {
    expect(verdict(9, 34, 3)).toBe('pass');
    expect(verdict(7, 34, 1)).toBe('fail');
  });

  it('has items without names, as no source gives them', () => {
    expect(groups.map(({ items }) => items.length)).toEqual([12, 40]);
    expect(groups.flatMap(({ items }) => items).every(({ name }) => name === null)).toBe(true);
  });
});
