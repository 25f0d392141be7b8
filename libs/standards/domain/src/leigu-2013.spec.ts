import { describe, expect, it } from '@jest/globals';
import { assessCounty } from './county-assessment.formula.js';
import { leiguGaps, leiguSchools, leiguShortfalls } from './fixtures/leigu-2013.js';
import { school } from './fixtures/school.js';
import { hubei2012 } from './hubei-2012.js';
import { stageUnits } from './split.formula.js';

const units = leiguSchools.flatMap(({ school: name, stage, figures }) =>
  stageUnits(school(name, figures, { schoolType: stage, stages: [stage] }), hubei2012.split),
);
const { gaps, schools, verdict } = assessCounty(hubei2012, units, { shortfalls: leiguShortfalls });
const norms: Readonly<Record<string, string>> = {
  超班额: 'class-size',
  校园总面积: 'land',
  教学及辅助用房面积: 'teaching-rooms',
  绿化面积: 'green',
  床位: 'beds',
};
const gapOf = (name: string, item: string) =>
  gaps.filter((gap) => gap.school === name && gap.item === (norms[item] ?? item));

describe('The gap list of Leigu 2013', () => {
  it.each(leiguGaps)('has for %s: %s in %s %s, %s', (name, item, unit, amount, origin) => {
    expect(gapOf(name, item)).toMatchObject([{ unit, amount, origin, conflict: null }]);
  });

  it('needs the areas that the speech prints', () => {
    const required = (name: string, item: string) => gapOf(name, item)[0]?.required;
    expect(required('护驾小学', '校园总面积')).toBe('6280');
    expect(required('护驾小学', '教学及辅助用房面积')).toBe('1777.24');
    expect(required('腰庄小学', '校园总面积')).toBe('4540');
    expect(required('腰庄小学', '教学及辅助用房面积')).toBe('1284.82');
    expect(required('鼓锣小学', '校园总面积')).toBe('2680');
    expect(required('鼓锣小学', '教学及辅助用房面积')).toBe('758.44');
  });

  it('depends on which of the two enrolments is counted', () => {
    const withPupils = (name: string, stage: 'primary' | 'junior', enrol: string) =>
      assessCounty(
        hubei2012,
        stageUnits(school(name, { enrol }, { schoolType: stage, stages: [stage] }), hubei2012.split),
      );
    const required = (county: ReturnType<typeof assessCounty>) => county.gaps.map((gap) => gap.required);
    expect(required(withPupils('擂鼓镇小学', 'primary', '705'))).toEqual(expect.arrayContaining(['14100', '3990.3']));
    expect(required(withPupils('擂鼓中学', 'junior', '653'))).toEqual(expect.arrayContaining(['16325', '4348.98']));
  });

  it('names the figures behind a computed gap', () => {
    expect(gapOf('擂鼓镇小学', '校园总面积')).toMatchObject([
      { required: '15900', actual: '8856', figures: { p_enrol: '795', land: '8856' } },
    ]);
  });

  it('leaves a gap unknown, not zero, where neither figures nor a record speak of it', () => {
    expect(gapOf('鼓锣小学', '校园总面积')).toMatchObject([{ amount: null, origin: 'unknown' }]);
  });

  it('keeps every school below the norms, and so the county', () => {
    expect(schools.map((each) => each.verdict)).toEqual(['fail', 'fail', 'fail', 'fail', 'fail']);
    expect(verdict).toBe('fail');
  });
});
