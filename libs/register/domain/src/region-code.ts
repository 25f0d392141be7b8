import type { RegionCode, RegionKind } from '@junheng/register-contract';
import { RuleViolation } from '@junheng/kernel';

export const NATION: RegionCode = '00';

/** A region that schools belong to: GB/T counties, and the development zones and Corps units evaluated like them. */
const COUNTY = /^[1-6]\d{5}$/;

/** GB/T 2260. `00` at the end stands for the whole above; zones and Corps units are numbered outside of GB/T. */
const CODES: Readonly<Record<RegionKind, RegExp>> = {
  nation: /^00$/,
  province: /^[1-6]\d$/,
  city: /^[1-6]\d(?!00)\d{2}$/,
  county: /^[1-6]\d(?!00)\d{2}(?!00)\d{2}$/,
  'development-zone': COUNTY,
  corps: /^[1-6]\d(\d{2}){0,2}$/,
};

/** Middle part 90: county units directly under the province, without a city between. */
const DIRECTLY_UNDER_PROVINCE = /^\d{2}90\d{2}$/;

export function isRegionCode(text: string): boolean {
  return /^[1-6]\d(\d{2}){0,2}$/.test(text);
}

export function isCountyCode(text: string): boolean {
  return COUNTY.test(text);
}

export function demandCountyCode(code: RegionCode, where: string): void {
  if (isCountyCode(code)) return;
  throw new RuleViolation('COUNTY_CODE_INVALID', `"${code}" is no county.`, {
    where,
    remedy: 'Schools belong to a county, a development zone or a Corps unit: give its six digits.',
  });
}

export function demandRegionCode(code: RegionCode, kind: RegionKind): void {
  if (CODES[kind].test(code)) return;
  throw new RuleViolation('REGION_CODE_INVALID', `"${code}" cannot be the code of a ${kind}.`, {
    where: 'code',
    remedy: 'A province has two digits, a city four, a county six, and only zones and Corps units may end in 00.',
  });
}

/** What someone may see is a prefix of codes: a region below a foreign prefix would show itself to the wrong city. */
export function demandParent(code: RegionCode, kind: RegionKind, parent: RegionCode | null): void {
  if (isParent(code, kind, parent)) return;
  throw new RuleViolation('REGION_PARENT_FOREIGN', `${code} cannot lie in ${parent ?? 'no region'}.`, {
    where: 'parent',
    remedy: 'The code of a region begins with its parent’s. Register it under a new code and abolish the old one.',
  });
}

function isParent(code: RegionCode, kind: RegionKind, parent: RegionCode | null): boolean {
  if (kind === 'nation') return parent === null;
  if (code.length === 2) return parent === null || parent === NATION;
  if (parent === null || parent.length >= code.length || !/^(\d{2}){1,2}$/.test(parent)) return false;
  if (DIRECTLY_UNDER_PROVINCE.test(code) && parent.length !== 2) return false;
  return code.startsWith(parent);
}
