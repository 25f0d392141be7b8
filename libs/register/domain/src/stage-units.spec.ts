import { describe, expect, it } from '@jest/globals';
import type { SchoolType } from '@junheng/register-contract';
import { stageUnits } from './stage-units.js';

describe('The stage units of a school', () => {
  it.each([
    ['primary', ['primary']],
    ['teaching-point', ['primary']],
    ['junior', ['junior']],
    ['nine-year', ['primary', 'junior']],
    ['twelve-year', ['primary', 'junior', 'senior']],
    ['complete-middle', ['junior', 'senior']],
    ['senior', ['senior']],
  ] satisfies [SchoolType, string[]][])('%s: %j', (schoolType, stages) => {
    expect(stageUnits(schoolType)).toEqual(stages);
  });

  it('are those stated, where a stage has no pupils yet', () => {
    expect(stageUnits('twelve-year', ['junior', 'primary'])).toEqual(['primary', 'junior']);
  });

  it('are none that the type does not have', () => {
    expect(() => stageUnits('primary', ['primary', 'junior'])).toThrow(
      expect.objectContaining({ code: 'SCHOOL_STAGE_FOREIGN' }),
    );
  });

  it('must be stated for a special school', () => {
    expect(stageUnits('special', ['junior'])).toEqual(['junior']);
    expect(() => stageUnits('special')).toThrow(expect.objectContaining({ code: 'SCHOOL_STAGES_MISSING' }));
  });

  it('are at least one', () => {
    expect(() => stageUnits('nine-year', [])).toThrow(expect.objectContaining({ code: 'SCHOOL_STAGES_MISSING' }));
  });
});
