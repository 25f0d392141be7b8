import { describe, expect, it } from '@jest/globals';
import type { RecordedShortfall } from './assessment.js';
import { cnQuality2017 } from './cn-quality-2017.js';
import { assessCounty } from './county-assessment.formula.js';
import type { Figures, SchoolFigures } from './figures.js';
import { school } from './fixtures/school.js';
import { hubei2012 } from './hubei-2012.js';
import { stageUnits } from './split.formula.js';

const assess = (figures: Figures, facts: Partial<SchoolFigures> = {}, shortfalls: RecordedShortfall[] = []) =>
  assessCounty(hubei2012, stageUnits(school('s', figures, facts), hubei2012.split), { shortfalls });
const gap = (assessment: ReturnType<typeof assess>, item: string) => assessment.gaps.find((each) => each.item === item);
const enough = {
  p_enrol: '100',
  p_class_sizes: ['45', '45', '10'],
  p_boarding: '20',
  land: '2000',
  teach_area: '600.5',
  green: '600',
  beds: '20',
};
const found = (item: string, amount: string | null): RecordedShortfall => ({
  school: 's',
  item,
  unit: 'm2',
  amount,
  source: '差距值一览表',
});

describe('A gap', () => {
  it('is zero where a school has what the norm asks, or more', () => {
    const assessment = assess(enough);
    expect(assessment.gaps.map(({ item, amount }) => [item, amount])).toEqual([
      ['school-size', '0'],
      ['class-size', '0'],
      ['land', '0'],
      ['teaching-rooms', '0'],
      ['green', '0'],
      ['beds', '0'],
    ]);
    expect(assessment.schools[0]?.verdict).toBe('pass');
  });

  it('that is unknown leaves the school open', () => {
    const { schools, verdict } = assess({ ...enough, green: null });
    expect(schools[0]).toMatchObject({ verdict: 'incomplete', outcomes: { green: 'unknown', land: 'reaches' } });
    expect(verdict).toBe('incomplete');
  });

  it('of area is exact, of whole things rounded up', () => {
    expect(gap(assess({ ...enough, land: '1999.99' }), 'land')?.amount).toBe('0.01');
    const teachers = { p_enrol: '100', p_t_backbone: '0', p_t_phd: '0', p_t_master: '0', p_t_bachelor: '0' };
    const units = stageUnits(school('s', { ...teachers, p_t_college: '0' }), cnQuality2017.split);
    const [above] = assessCounty(cnQuality2017, units).gaps;
    expect(above).toMatchObject({ item: 'above-qualification', required: '4.2', amount: '5', unit: 'persons' });
  });

  it('of a nine-year school adds up what each stage needs', () => {
    const nineYear = { schoolType: 'nine-year', stages: ['primary', 'junior'] } as const;
    const figures = { p_enrol: '100', j_enrol: '40', land: '2900', p_boarding: '10', j_boarding: '30', beds: '35' };
    const assessment = assess(figures, nineYear);
    expect(gap(assessment, 'land')).toMatchObject({ required: '3000', actual: '2900', amount: '100' });
    expect(gap(assessment, 'beds')).toMatchObject({ required: '40', amount: '5' });
  });

  it('of the size of a school counts the pupils above it', () => {
    expect(gap(assess({ ...enough, p_enrol: '2001' }), 'school-size')).toMatchObject({ amount: '1', unit: 'pupils' });
  });

  it('that is computed stands, and a record that says otherwise is shown as a conflict', () => {
    const assessment = assess({ ...enough, land: '1500' }, {}, [found('校园总面积', '700')]);
    expect(gap(assessment, 'land')).toMatchObject({ amount: '500', origin: 'computed', conflict: '700' });
    expect(gap(assess({ ...enough, land: '1500' }, {}, [found('校园总面积', '500')]), 'land')?.conflict).toBeNull();
  });

  it('that is unknown takes what was found, and a find without a norm is a gap of its own', () => {
    const assessment = assess({ ...enough, land: null }, {}, [found('校园总面积', '700'), found('直跑道', '50')]);
    expect(gap(assessment, 'land')).toMatchObject({ amount: '700', origin: 'recorded', source: '差距值一览表' });
    expect(gap(assessment, '直跑道')).toMatchObject({ amount: '50', origin: 'recorded', required: null });
  });

  it('counts music and art rooms that are large enough, one for each started dozen of classes', () => {
    const figures = { p_enrol: '500', p_classes: '13', music_rooms: ['96', '95.9'], art_rooms: ['90', '120'] };
    const { gaps } = assessCounty(cnQuality2017, stageUnits(school('s', figures), cnQuality2017.split));
    expect(gaps.find(({ item }) => item === 'music-rooms')).toMatchObject({ required: '2', actual: '1', amount: '1' });
    expect(gaps.find(({ item }) => item === 'art-rooms')?.amount).toBe('0');
  });
});

describe('A condition on every school', () => {
  it('stays open while a school is missing, although all that reported pass', () => {
    const units = stageUnits(school('s', enough), hubei2012.split);
    const missing = [{ school: 'm', stage: 'primary', pupils: { low: '1', high: '900' } }] as const;
    const of = (assessment: ReturnType<typeof assessCounty>) => assessment.conditions[0]?.verdict;
    expect(of(assessCounty(hubei2012, units))).toBe('pass');
    expect(of(assessCounty(hubei2012, units, { missing }))).toBe('incomplete');
  });
});
