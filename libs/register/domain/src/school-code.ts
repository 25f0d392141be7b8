import type { RegionCode, SchoolCode, SchoolType } from '@junheng/register-contract';
import { RuleViolation } from '@junheng/kernel';

const SCHOOL_CODE = /^(11|21|22|31|32|33|34|35|36|37|41|42|51|91|92|93)\d{8}$/;

/** The Corps (兵团) keeps a code prefix of its own for regions, while its schools are numbered in Xinjiang's. */
const CORPS = '66';
const XINJIANG = '65';

/**
 * The first category is the usual one. The classification names 21 for primary schools, 31 for junior, 34 for senior
 * and complete middle and 51 for special schools; for schools of several stages it names none, hence the choice.
 */
const CATEGORIES: Readonly<Record<SchoolType, readonly [string, ...string[]]>> = {
  primary: ['21'],
  'teaching-point': ['21'],
  junior: ['31'],
  'nine-year': ['31', '21'],
  'twelve-year': ['34', '31', '21'],
  'complete-middle': ['34'],
  senior: ['34'],
  special: ['51'],
};

export function isSchoolCode(text: string): boolean {
  return SCHOOL_CODE.test(text);
}

export function demandSchoolCode(code: SchoolCode, where = 'school'): void {
  if (isSchoolCode(code)) return;
  throw new RuleViolation('SCHOOL_CODE_INVALID', `"${code}" is no school code.`, {
    where,
    remedy: 'Give ten digits: a category such as 21 or 31, the province, and a serial of six.',
  });
}

/** A code is handed out by a province: one that names another belongs to another school. */
export function demandHomeProvince(code: SchoolCode, county: RegionCode): void {
  const named = code.slice(2, 4);
  const home = county.slice(0, 2);
  if (named === home || (home === CORPS && named === XINJIANG)) return;
  throw new RuleViolation('SCHOOL_CODE_PROVINCE', `The code ${code} is of province ${named}, the county of ${home}.`, {
    where: 'school',
    remedy: `Check the third and fourth digit, or register the school in a county of province ${named}.`,
  });
}

export function categoryFits(code: SchoolCode, schoolType: SchoolType): boolean {
  return CATEGORIES[schoolType].includes(code.slice(0, 2));
}

export function demandCategory(code: SchoolCode, schoolType: SchoolType): void {
  if (categoryFits(code, schoolType)) return;
  throw new RuleViolation(
    'SCHOOL_CATEGORY_UNFIT',
    `Category ${code.slice(0, 2)} is not that of a ${schoolType} school.`,
    {
      where: 'school',
      remedy: `A ${schoolType} school has a code that begins with ${CATEGORIES[schoolType].join(' or ')}.`,
    },
  );
}

/** `SCHOOL_CATEGORY_UNUSUAL` where the category is possible but another one is expected: to be looked at, not refused. */
export function schoolCodeWarnings(code: SchoolCode, schoolType: SchoolType): readonly string[] {
  return code.startsWith(CATEGORIES[schoolType][0]) ? [] : ['SCHOOL_CATEGORY_UNUSUAL'];
}
