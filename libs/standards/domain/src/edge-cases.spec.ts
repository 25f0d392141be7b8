import { describe, expect, it } from '@jest/globals';
import { Rational } from '@junheng/kernel';
import type { AssessmentOptions, CountyAssessment } from './assessment.js';
import { cnBasic2012 } from './cn-basic-2012.js';
import { cnQuality2017 } from './cn-quality-2017.js';
import { dispersion, isBorderline, meanOfRoots, rootIsWithin } from './coefficient-of-variation.formula.js';
import { consolidationRate } from './consolidation-rate.formula.js';
import { assessCounty } from './county-assessment.formula.js';
import { figureVerdict } from './county-verdict.formula.js';
import type { Figures, SchoolFigures } from './figures.js';
import { booksWorkedExample } from './fixtures/books-worked-example.js';
import { publishedRows } from './fixtures/published-cv.js';
import { school } from './fixtures/school.js';
import { growth } from './growth.formula.js';
import { hubei2012 } from './hubei-2012.js';
import { parseStandard } from './parse-standard.js';
import { assessPublished } from './published-cv.formula.js';
import { lineOutcome } from './school-verdict.formula.js';
import { stageUnits } from './split.formula.js';
import type { Standard } from './standard.js';
import { totalOf } from './total.formula.js';

const county = (schools: readonly SchoolFigures[], standard: Standard = cnBasic2012, options: AssessmentOptions = {}) =>
  assessCounty(
    standard,
    schools.flatMap((each) => stageUnits(each, standard.split)),
    options,
  );
const stage = ({ stages }: CountyAssessment, name: 'primary' | 'junior') => stages.find((each) => each.stage === name);
const measured = (assessment: CountyAssessment, indicator: string, name: 'primary' | 'junior' = 'primary') =>
  stage(assessment, name)?.indicators.find((each) => each.indicator === indicator);
const value = (figures: Figures, indicator: string, facts: Partial<SchoolFigures> = {}, standard = cnQuality2017) =>
  county([school('s1', figures, facts)], standard).units[0]?.values[indicator];
const example = booksWorkedExample.map(({ school: name, pupils, books }) => school(name, { p_enrol: pupils, books }));
const nineYear = { schoolType: 'nine-year', stages: ['primary', 'junior'] } as const;

describe('Edge case', () => {
  it('1 and 30: the coefficient is weighted by pupils and divides by all of them, not by n − 1', () => {
    const { cv } = measured(county(example), 'books') ?? {};
    expect(cv).toBe('0.515256629884');
    expect(['0.488771', '0.546462']).not.toContain(Rational.of(cv ?? '0').toFixed(6));
  });

  it('2: the county mean is Σ resource ÷ Σ pupils, not the mean of the ratios', () => {
    expect(measured(county(example), 'books')?.mean).toBe(Rational.of(1913).dividedBy(Rational.of(302)).toDecimal(12));
  });

  it('3: a stage without pupils is left out, its ratio is not applicable, and a mean of zero has no coefficient', () => {
    const empty = school('空', { p_enrol: '0', books: '500' });
    const assessment = county([...example, empty]);
    expect(measured(assessment, 'books')).toMatchObject({ status: 'known', cv: '0.515256629884', missing: [] });
    expect(assessment.units.find((unit) => unit.school === '空')).toMatchObject({
      counted: false,
      values: { books: null },
    });
    const bookless = county([school('a', { p_enrol: '10', books: '0' }), school('b', { p_enrol: '20', books: '0' })]);
    expect(measured(bookless, 'books')).toMatchObject({ status: 'undefined', mean: '0', cv: null });
    expect(stage(bookless, 'junior')?.balance).toBeNull();
  });

  it('4: a missing figure is not zero, and a true zero is a figure', () => {
    const some = [school('a', { p_enrol: '100', books: '1000' }), school('b', { p_enrol: '100', books: '0' })];
    expect(measured(county(some), 'books')).toMatchObject({ status: 'known', mean: '5', cv: '1' });
    for (const unknown of [{ p_enrol: '100' }, { p_enrol: '100', books: null }]) {
      const assessment = county([...some, school('c', unknown)]);
      expect(measured(assessment, 'books')).toMatchObject({
        status: 'incomplete',
        mean: null,
        cv: null,
        missing: ['c'],
        ofReported: { mean: '5', cv: '1' },
      });
    }
  });

  it('5 and 31: a nine-year school is two rows, a complete middle school one, a twelve-year school two', () => {
    const rows = (facts: Partial<SchoolFigures>) =>
      county([school('s', { p_enrol: '100', j_enrol: '100', s_enrol: '100', books: '342' }, facts)]).units.map(
        ({ stage: name, values }) => [name, Rational.of(values['books'] ?? '0').toFixed(4)],
      );
    expect(rows(nineYear)).toEqual([
      ['primary', '1.6286'],
      ['junior', '1.7914'],
    ]);
    expect(rows({ schoolType: 'complete-middle', stages: ['junior', 'senior'] })).toEqual([['junior', '1.5545']]);
    expect(rows({ schoolType: 'twelve-year', stages: ['primary', 'junior', 'senior'] })).toEqual([
      ['primary', '1.0000'],
      ['junior', '1.1000'],
    ]);
  });

  it('6: teachers are reported by stage and never split', () => {
    const figures = { p_enrol: '166', j_enrol: '210', p_ft_teachers: '12', j_ft_teachers: '21' };
    const ratios = county([school('s', figures, nineYear)]).units.map(({ values }) => values['teachers']);
    expect(ratios).toEqual(['0.072289156627', '0.1']);
    const whole = { p_enrol: '166', j_enrol: '210', ft_teachers: '33' };
    expect(county([school('s', whole, nineYear)]).units.map(({ values }) => values['teachers'])).toEqual([null, null]);
  });

  it('7: a teaching point is no school of the basic balance, and one of the quality balance from 50 pupils up', () => {
    const counted = (standard: Standard, pupils: string) =>
      county([school('点', { p_enrol: pupils, books: '9' }, { schoolType: 'teaching-point' })], standard).units[0]
        ?.counted;
    expect(counted(cnBasic2012, '80')).toBe(false);
    expect(counted(cnQuality2017, '50')).toBe(true);
    expect(counted(cnQuality2017, '49')).toBe(false);
  });

  it('8: a school of 60 pupils is counted with 60, although it is funded as if it had 100', () => {
    expect(value({ p_enrol: '60', multimedia: '3' }, 'multimedia')).toBe('5');
  });

  it('10: a corrected figure is a new result, and the sealed one stays as it was', () => {
    const before = county([school('擂小', { p_enrol: '705', books: '0' })], hubei2012);
    const sealed = JSON.stringify(before);
    const after = county([school('擂小', { p_enrol: '795', books: '0' })], hubei2012);
    const land = ({ gaps }: CountyAssessment) => gaps.find(({ item }) => item === 'land')?.required;
    expect([land(before), land(after)]).toEqual(['14100', '15900']);
    expect(JSON.stringify(before)).toBe(sealed);
  });

  it('11: private and province-run schools are not judged for basic norms, and are for quality', () => {
    for (const sponsor of ['private', 'province-or-city'] as const) {
      const one = school('s', { p_enrol: '100' }, { sponsor });
      expect(county([one], hubei2012).schools).toEqual([]);
      expect(county([one], cnQuality2017).schools).toHaveLength(1);
    }
  });

  it('12: a county that lost schools is measured over those that it has', () => {
    const rest = example.slice(0, 3);
    expect(stage(county(rest), 'primary')?.pupils).toBe('171');
    expect(measured(county(rest), 'books')?.mean).toBe(Rational.of(1351).dividedBy(Rational.of(171)).toDecimal(12));
  });

  it('14: the floor is 85 % of the line, exactly: 4.507 passes 4.505 and would fail a printed 4.51', () => {
    const line = Rational.of('5.3');
    const floor = Rational.of('0.85');
    expect(line.times(floor).toDecimal(12)).toBe('4.505');
    expect(lineOutcome(Rational.of('4.507'), line, floor)).toBe('floor');
  });

  it('15: 0.501787 prints as 0.50, does not pass it, and is flagged', () => {
    const cv = Rational.of('0.501787');
    const limit = Rational.of('0.50');
    expect(rootIsWithin(cv.times(cv), limit)).toBe(false);
    expect(isBorderline(cv, false, limit, { within: '0.0005', printedDecimals: 2 })).toBe(true);
  });

  it('16: the composite is made from unrounded coefficients', () => {
    const squares = ['0.5004', '0.5004', '0.5004'].map((cv) => Rational.of(cv).times(Rational.of(cv)));
    expect(meanOfRoots(squares, 12).toDecimal(12)).toBe('0.5004');
    const yongchuan = publishedRows.find((row) => row.county === '永川区' && row.stage === 'primary');
    expect(yongchuan && assessPublished(cnBasic2012, yongchuan).agreement).toBe('unrounded');
  });

  it('17: classes above the size are counted one by one and never estimated from a mean', () => {
    const over = (sizes: readonly string[] | undefined, facts: Partial<SchoolFigures>, prefix: 'p' | 'j') => {
      const figures = {
        [`${prefix}_enrol`]: '135',
        [`${prefix}_classes`]: '3',
        ...(sizes && { [`${prefix}_class_sizes`]: sizes }),
      };
      return county([school('s', figures, facts)], hubei2012).gaps.find(({ item }) => item === 'class-size')?.amount;
    };
    expect(over(['44', '45', '46'], {}, 'p')).toBe('1');
    expect(over(['50', '51'], { schoolType: 'junior', stages: ['junior'] }, 'j')).toBe('1');
    expect(over(undefined, {}, 'p')).toBeNull();
  });

  it('18: indoor sports rooms are moved from the rooms to the sports grounds, not counted twice', () => {
    const figures = { p_enrol: '100', teach_area: '600', indoor_sports: '100', sports_ground: '700' };
    expect(value(figures, 'teaching-rooms')).toBe('5');
    expect(value(figures, 'sports')).toBe('8');
    expect(value({ ...figures, indoor_sports: null }, 'teaching-rooms')).toBeNull();
  });

  it('18: off-campus grounds count with a contract only', () => {
    const figures = { p_enrol: '100', indoor_sports: '0', sports_ground: '700', off_campus_sports: '100' };
    expect(value(figures, 'sports')).toBe('7');
    expect(value({ ...figures, off_campus_contract: true }, 'sports')).toBe('8');
  });

  it('19: equipment is reported in 万元 and judged in yuan', () => {
    expect(value({ p_enrol: '100', equip_value: '20' }, 'equipment')).toBe('2000');
    const [gap] = county([school('s', { p_enrol: '100', equip_value: '12.5' })], cnQuality2017).gaps.filter(
      ({ item }) => item === 'equipment',
    );
    expect(gap).toMatchObject({ amount: '75000', unit: 'yuan', required: '200000', actual: '125000' });
  });

  it('20: "not below" holds at the line itself', () => {
    const check = { kind: 'figure', comparison: '>=', line: '85', unit: '%', most: '100' } as const;
    expect(['84.999999', '85', '85.000001'].map((figure) => figureVerdict(figure, check))).toEqual([
      'fail',
      'pass',
      'pass',
    ]);
    const below = { kind: 'figure', comparison: '<', line: '0.15', unit: '', most: null } as const;
    expect(['0.149', '0.15'].map((figure) => figureVerdict(figure, below))).toEqual(['pass', 'fail']);
  });

  it('21: a share of more than the whole is impossible and proves nothing', () => {
    const disabled = { 'quality-2-disabled': '100.5' };
    const outcome = county([], cnQuality2017, { conditions: disabled }).conditions.find(
      ({ condition }) => condition === 'quality-2-disabled',
    );
    expect(outcome?.verdict).toBe('incomplete');
  });

  it('22: Yunhe claims growth, and its funding of 2011 fell by 2.2705 %', () => {
    const [y2010, y2011, y2012] = ['8434.3', '8242.8', '10361.3'].map(Rational.of);
    expect(growth(y2010 ?? null, y2011 ?? null)?.toFixed(4)).toBe('-2.2705');
    expect(growth(y2011 ?? null, y2012 ?? null)?.toFixed(4)).toBe('25.7012');
    expect(growth(null, y2012 ?? null)).toBeNull();
  });

  it('24: schools are told apart by code, so two of one name stay two', () => {
    const twins = [
      school('2142000501', { p_enrol: '100', books: '1000' }),
      school('2142000502', { p_enrol: '50', books: '100' }),
    ];
    expect(county(twins).units.map((unit) => unit.school)).toEqual(['2142000501', '2142000502']);
  });

  it('25: a number that is lost or cut off is not guessed', () => {
    expect(() => value({ p_enrol: '100', books: '1 2OO' }, 'books', {}, cnBasic2012)).toThrow(RangeError);
    expect(value({ p_enrol: '100', books: null }, 'books', {}, cnBasic2012)).toBeNull();
  });

  it('27: the same figures are judged by the standard that is asked, and a province may raise it', () => {
    const raised = parseStandard({
      ...cnBasic2012,
      id: 'chongqing',
      region: '50',
      balance: {
        ...cnBasic2012.balance,
        limits: { primary: '0.60', junior: '0.50' },
        rule: 'each',
        indicators: ['books'],
      },
    });
    const spread = (books: string) => [
      school('a', { p_enrol: '100', books: '1000' }),
      school('b', { p_enrol: '100', books }),
    ];
    const balance = (standard: Standard, books: string) => stage(county(spread(books), standard), 'primary')?.balance;
    const national = parseStandard({
      ...raised,
      balance: { ...raised.balance, limits: { primary: '0.65', junior: '0.55' } },
    });
    expect(balance(national, '220')).toBe('pass');
    expect(balance(raised, '220')).toBe('fail');
  });

  it('28: a split keeps its fractions, so that the whole is there again', () => {
    const assessment = county([school('s', { p_enrol: '166', j_enrol: '210', books: '23226' }, nineYear)]);
    const books = assessment.units.map(({ pupils, values }) =>
      Rational.of(pupils ?? '0').times(Rational.of(values['books'] ?? '0')),
    );
    expect(Rational.sum(books).toFixed(8)).toBe('23226.00000000');
  });

  it('32: a printed total may differ from its parts by its last digit, and the difference is kept', () => {
    const rooms = ['354251702.94', '29272774.71', '25086442.96', '19200954.45', '5623012.18', '16218425.25'];
    const total = totalOf(rooms.map(Rational.of), Rational.of('449653312.48'), Rational.of('0.01'));
    expect(total.agrees).toBe(true);
    expect(total.difference.toDecimal(2)).toBe('-0.01');
    expect(totalOf(rooms.map(Rational.of), Rational.of('449653312.47'), Rational.of('0.01')).agrees).toBe(false);
  });

  it('33: a stage is named and not read from an order', () => {
    const [first] = publishedRows;
    if (first === undefined) throw new Error('The row is missing.');
    const limits = [first, { ...first, stage: 'junior' as const }].map(
      (row) => assessPublished(cnBasic2012, row).composite,
    );
    expect(limits.map((each) => [each?.limit, each?.within])).toEqual([
      ['0.65', true],
      ['0.55', false],
    ]);
  });

  it('34: a college diploma is above the requirement of a primary school, and not of a junior one', () => {
    const teachers = (prefix: 'p' | 'j') => ({
      [`${prefix}_enrol`]: '100',
      ...Object.fromEntries(['phd', 'master', 'bachelor', 'college'].map((degree) => [`${prefix}_t_${degree}`, '1'])),
    });
    expect(value(teachers('p'), 'above-qualification')).toBe('4');
    expect(value(teachers('j'), 'above-qualification', { schoolType: 'junior', stages: ['junior'] })).toBe('3');
  });

  it('35: the consolidation rate has two readings, so it names the one it follows', () => {
    const intake = {
      entrants: Rational.of(500),
      transfersIn: Rational.of(20),
      transfersOut: Rational.of(30),
      deaths: Rational.of(1),
      graduates: Rational.of(480),
    };
    expect(consolidationRate('graduates-of-remaining', intake)?.toFixed(4)).toBe('98.1595');
    expect(consolidationRate('stayers-of-entrants', intake)?.toFixed(4)).toBe('98.1964');
  });

  it('36: a table is judged by its columns: what a standard asks and nobody printed stays open', () => {
    const row = { county: '宁国市', stage: 'primary', means: {}, cvs: { books: '0.2' }, composite: '0.200' } as const;
    expect(assessPublished(cnQuality2017, row).balance).toBe('incomplete');
    expect(assessPublished(cnBasic2012, row).agreement).toBeNull();
  });
});

describe('A small rural school', () => {
  const teachers = { p_t_pe: '0', p_t_music: '0', p_t_art: '0', p_t_arts: '0', visiting_counted: true };
  const visiting = { p_t_visiting_pe: '1', p_t_visiting_music: '0', p_t_visiting_art: '0', p_t_visiting_arts: '0' };
  const art = (pupils: string, setting: 'rural' | 'town') =>
    value({ p_enrol: pupils, ...teachers, ...visiting }, 'sports-art-teachers', { setting });

  it('counts visiting teachers from 50 to 99 pupils', () => {
    expect([art('50', 'rural'), art('99', 'rural')]).toEqual(['2', '1.010101010101']);
  });

  it('does not below, above or in town', () => {
    expect([art('49', 'rural'), art('100', 'rural'), art('50', 'town')]).toEqual(['0', '0', '0']);
  });
});

describe('A county with schools that have not reported', () => {
  const missing = [{ school: '小学6', stage: 'primary', pupils: { low: '40', high: '60' } }] as const;

  it('does not wait for a school that the standard leaves out', () => {
    const point = { ...missing[0], schoolType: 'teaching-point', sponsor: 'county' } as const;
    expect(measured(county(example, cnBasic2012, { missing: [point] }), 'books')?.status).toBe('known');
    expect(measured(county(example, cnQuality2017, { missing: [point] }), 'multimedia')?.missing).toContain('小学6');
    const small = { ...point, pupils: { low: '49', high: '49' } };
    expect(measured(county(example, cnQuality2017, { missing: [small] }), 'multimedia')?.missing).not.toContain(
      '小学6',
    );
  });

  it('judges no school that its standard does not speak of, whatever was found there', () => {
    const shortfalls = [{ school: '小学6', item: 'school-size', unit: 'pupils', amount: '100', source: '核查' }];
    const size = (schoolType: 'primary' | 'special') =>
      county([], cnQuality2017, {
        missing: [{ ...missing[0], schoolType, sponsor: 'county' }],
        shortfalls,
      }).conditions.find(({ condition }) => condition === 'guarantee-04-school-size')?.verdict;
    expect(size('primary')).toBe('fail');
    expect(size('special')).toBe('pass');
  });

  it('shows an interval instead of a coefficient, and says who is missing', () => {
    const assessment = county(example, cnBasic2012, { missing });
    expect(stage(assessment, 'primary')?.completeness).toMatchObject({ expected: 6, reported: 0 });
    const books = measured(assessment, 'books');
    expect(books).toMatchObject({ status: 'incomplete', cv: null, missing: ['小学6'] });
    expect(Number(books?.interval?.low)).toBeLessThan(0.515);
    expect(Number(books?.interval?.high)).toBeGreaterThan(0.515);
  });

  it('is narrower where the bounds are', () => {
    const known = [{ ...missing[0], indicators: { books: { low: '6', high: '7' } } }];
    const { interval } = measured(county(example, cnBasic2012, { missing: known }), 'books') ?? {};
    expect(Number(interval?.high) - Number(interval?.low)).toBeLessThan(0.03);
  });

  it('passes or fails only when every completion does', () => {
    const each = parseStandard({
      ...cnBasic2012,
      balance: { ...cnBasic2012.balance, rule: 'each', indicators: ['books'] },
    });
    const even = ['a', 'b', 'c'].map((name) => school(name, { p_enrol: '1000', books: '10000' }));
    const balance = (schools: readonly SchoolFigures[], low: string, high: string) =>
      stage(county(schools, each, { missing: [{ ...missing[0], indicators: { books: { low, high } } }] }), 'primary')
        ?.balance;
    expect(balance(even, '8', '12')).toBe('pass');
    expect(balance([...even, school('d', { p_enrol: '1000', books: '90000' })], '8', '12')).toBe('fail');
    expect(balance(example, '0', '150')).toBe('incomplete');
  });

  it('never passes as a county while a condition is open', () => {
    const reported = county(example, cnBasic2012, { conditions: { 'work-score': '90', satisfaction: '92' } });
    expect(reported.verdict).toBe('incomplete');
    expect(county(example, cnBasic2012, { conditions: { satisfaction: '84.9' } }).verdict).toBe('fail');
  });
});

describe('Every school counted', () => {
  it('gives a county that passes when all conditions hold', () => {
    const figures = {
      teach_area: '500',
      sports_ground: '500',
      indoor_sports: '0',
      equip_value: '20',
      computers: '20',
      books: '2000',
      p_ft_teachers: '6',
      p_t_phd: '0',
      p_t_master: '0',
      p_t_bachelor: '3',
      p_t_college: '2',
      p_t_title_senior: '1',
      p_t_title_mid: '2',
      p_enrol: '100',
    };
    const conditions = { 'schools-meet-provincial-norms': true, 'work-score': '85', satisfaction: '85' };
    const assessment = county(
      ['a', 'b'].map((name) => school(name, figures)),
      cnBasic2012,
      { conditions },
    );
    expect(stage(assessment, 'primary')?.composite).toMatchObject({ cv: '0', within: true });
    expect(assessment.verdict).toBe('pass');
    expect(dispersion([{ pupils: Rational.of(100), resource: Rational.of(5) }])?.cvSquared?.isZero).toBe(true);
  });
});
