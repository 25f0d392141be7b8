import { type SchoolType, type Stage, stages } from '@junheng/register-contract';
import { RuleViolation } from '@junheng/kernel';

/** The stages that a school of this type can be counted as. */
const STAGES: Readonly<Record<SchoolType, readonly Stage[]>> = {
  primary: ['primary'],
  'teaching-point': ['primary'],
  junior: ['junior'],
  'nine-year': ['primary', 'junior'],
  'twelve-year': ['primary', 'junior', 'senior'],
  'complete-middle': ['junior', 'senior'],
  senior: ['senior'],
  special: ['primary', 'junior', 'senior'],
};

/**
 * The stage units of a school: those stated, or all of its type's. A special school has no stages by its type, and a
 * new nine-year school may not have pupils of every stage yet, so both can state them.
 */
export function stageUnits(schoolType: SchoolType, stated?: readonly Stage[]): readonly Stage[] {
  const possible = STAGES[schoolType];
  if (stated === undefined && schoolType !== 'special') return possible;
  const foreign = stated?.find((stage) => !possible.includes(stage));
  if (foreign !== undefined) {
    throw new RuleViolation('SCHOOL_STAGE_FOREIGN', `A ${schoolType} school has no ${foreign} stage.`, {
      where: 'stages',
      remedy: `State only ${possible.join(', ')}, or reclassify the school.`,
    });
  }
  if (stated === undefined || stated.length === 0) {
    throw new RuleViolation('SCHOOL_STAGES_MISSING', `A ${schoolType} school needs at least one stage.`, {
      where: 'stages',
      remedy: `State one or more of ${possible.join(', ')}.`,
    });
  }
  return stages.filter((stage) => stated.includes(stage));
}
