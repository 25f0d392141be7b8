import { RuleViolation } from '@junheng/kernel';
import type { Day, RegionCode, SchoolCode } from '@junheng/register-contract';
import { isSchoolCode } from './school-code.js';
import type { NewSchool, SchoolCommand } from './school-commands.js';

/** What several schools of one county go through together, or not at all. */
export type Reorganisation =
  | {
      readonly type: 'MergeSchools';
      readonly county: RegionCode;
      /** The school that goes on: one of the old ones under its old code, or `founded`. */
      readonly into: SchoolCode;
      readonly absorbed: readonly SchoolCode[];
      readonly founded?: NewSchool;
      readonly effectiveOn: Day;
    }
  | {
      readonly type: 'DivideSchool';
      readonly county: RegionCode;
      readonly school: SchoolCode;
      /** Whether the school goes on under its code beside the ones that are founded. */
      readonly continues: boolean;
      readonly founded: readonly NewSchool[];
      readonly effectiveOn: Day;
    };

export interface SchoolStep {
  readonly school: SchoolCode;
  readonly command: SchoolCommand;
}

/** The command for each school that takes part; the last word on each has its own decider. */
export function steps(reorganisation: Reorganisation): readonly SchoolStep[] {
  const { county, effectiveOn } = reorganisation;
  const found = (school: NewSchool): SchoolStep => ({
    school: school.school,
    command: { ...school, type: 'RegisterSchool', county, openedOn: effectiveOn },
  });

  if (reorganisation.type === 'DivideSchool') {
    const { school, continues, founded } = reorganisation;
    const into = [...(continues ? [school] : []), ...founded.map((part) => part.school)];
    return [{ school, command: { type: 'SplitSchool', into, effectiveOn } }, ...founded.map(found)];
  }

  const { into, absorbed, founded } = reorganisation;
  if (founded !== undefined && founded.school !== into) {
    throw new RuleViolation('MERGER_AMBIGUOUS', `The schools go up in ${into}, but ${founded.school} is founded.`, {
      where: 'founded',
      remedy: 'Name the founded school as the one that they go up in, or found none.',
    });
  }
  const survivor: SchoolStep =
    founded === undefined
      ? { school: into, command: { type: 'EnlargeSchool', absorbed, effectiveOn } }
      : { school: into, command: { ...founded, type: 'RegisterSchool', county, openedOn: effectiveOn, absorbed } };
  return [
    survivor,
    ...absorbed.map((school): SchoolStep => ({ school, command: { type: 'AbsorbSchool', into, effectiveOn } })),
  ];
}

/** Schools named beside one: real codes, each once, and not the school itself. */
export function demandOthers(school: SchoolCode, others: readonly SchoolCode[], where: string): void {
  const distinct = new Set(others).size === others.length && !others.includes(school);
  if (others.length > 0 && distinct && others.every(isSchoolCode)) return;
  throw new RuleViolation('SCHOOL_OTHERS_INVALID', `${where} must name other schools than ${school}.`, {
    where,
    remedy: 'Name at least one school by its ten-digit code, each once, and not the school itself.',
  });
}
