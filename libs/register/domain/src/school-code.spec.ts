import { describe, expect, it } from '@jest/globals';
import { demandHomeProvince, isSchoolCode, schoolCodeWarnings } from './school-code.js';

describe('A school code', () => {
  it('is category, province and serial: the kindergarten of Shenzhen that the sources print', () => {
    expect(isSchoolCode('1144000501')).toBe(true);
  });

  it.each(['2342000101', '214200010A', '214200010', '21420001011', ' 2142000101'])('is not %j', (text) => {
    expect(isSchoolCode(text)).toBe(false);
  });

  it('is looked at, not refused, where a school of several stages has a category that is not expected', () => {
    expect(schoolCodeWarnings('3142000101', 'nine-year')).toEqual([]);
    expect(schoolCodeWarnings('2142000101', 'nine-year')).toEqual(['SCHOOL_CATEGORY_UNUSUAL']);
    expect(schoolCodeWarnings('3142000101', 'twelve-year')).toEqual(['SCHOOL_CATEGORY_UNUSUAL']);
  });

  it('of Xinjiang is at home in the Corps', () => {
    expect(() => demandHomeProvince('2165000101', '660100')).not.toThrow();
    expect(() => demandHomeProvince('2165000101', '620100')).toThrow('province 65');
  });
});
