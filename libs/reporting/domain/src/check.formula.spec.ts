import { describe, expect, it } from '@jest/globals';
import type { Figures } from '@junheng/reporting-contract';
import { annualReturnForm } from './annual-return.form.js';
import { check, checkCounty } from './check.formula.js';
import { leiguPrimary, soundFigures } from './example-return.js';
import type { Asked } from './form-index.js';

const nineYear: Asked = { schoolType: 'nine-year', stages: ['primary', 'junior'] };

function found(change: Figures, previous: Figures = {}, school: Asked = leiguPrimary) {
  return check(annualReturnForm, school, { ...soundFigures, ...change }, previous).map(
    ({ check: id, level }) => `${level} ${id}`,
  );
}

describe('The checks of an annual return: pupils and classes', () => {
  it.each([
    ['grades must add up to the enrolment', { p_g1: '46' }, 'refuse p_grades_sum'],
    ['boarders are pupils', { p_boarding: '271' }, 'refuse p_boarding_in_enrol'],
    ['migrant children are pupils', { p_migrant: '271' }, 'refuse p_migrant_in_enrol'],
    ['left-behind children are pupils', { p_left_behind: '271' }, 'refuse p_left_behind_in_enrol'],
    ['pupils with disabilities are pupils', { p_disabled: '271' }, 'refuse p_disabled_in_enrol'],
    ['pupils of the catchment area are pupils', { p_in_catchment: '271' }, 'refuse p_in_catchment_in_enrol'],
    ['admissions are the first grade', { p_new: '44' }, 'refuse p_new_first_grade'],
    [
      'class sizes add up to the enrolment',
      { p_class_sizes: ['44', '45', '45', '45', '45', '45'] },
      'refuse p_class_sizes_sum',
    ],
    ['oversize classes follow from the list', { p_over45: '1' }, 'refuse p_over_from_list'],
    ['big classes follow from the list', { p_big56: '1' }, 'refuse p_big56_from_list'],
    ['huge classes follow from the list', { p_huge66: '1' }, 'refuse p_huge66_from_list'],
    ['classes of the grades add up', gradeClasses('2'), 'refuse p_grade_classes_sum'],
  ])('%s', (_rule, change, finding) => expect(found(change)).toEqual([finding]));

  it('pupils need classes', () =>
    expect(found({ p_classes: '0', p_class_sizes: [] })).toEqual([
      'warn range',
      'refuse p_classes_exist',
      'refuse p_class_sizes_sum',
    ]));

  it('more than twenty tracks need a reason', () =>
    expect(found({ p_classes_g1: '21' })).toEqual(['explain p_tracks_g1']));

  it('counts oversize, big and huge classes of the golden list [44, 45, 46]', () => {
    const sizes = ['44', '45', '46', '45', '45', '45'];
    expect(found({ p_class_sizes: sizes, p_over45: '1', p_big56: '0', p_huge66: '0' })).toEqual([]);
  });

  it('a junior class is oversize above 50, not above 45', () => {
    const junior = { j_class_sizes: ['50', '51'], j_over50: '1' };
    expect(found(junior, {}, nineYear)).not.toContain('refuse j_over_from_list');
    expect(found({ ...junior, j_over50: '2' }, {}, nineYear)).toContain('refuse j_over_from_list');
  });
});

describe('The checks of an annual return: teachers', () => {
  it.each([
    ['full-time teachers are staff', { p_staff: '17' }, 'refuse p_ft_teachers_in_staff'],
    ['qualifications add up to the full-time teachers', { p_t_bachelor: '10' }, 'refuse p_qualifications_sum'],
    ['titles add up to the full-time teachers', { p_t_title_mid: '9' }, 'refuse p_titles_sum'],
    ['backbone teachers are full-time teachers', { p_t_backbone: '19' }, 'refuse p_t_backbone_in_ft_teachers'],
    ['certified teachers are full-time teachers', { p_t_cert: '19' }, 'refuse p_t_cert_in_ft_teachers'],
    ['trained teachers are full-time teachers', { p_t_train360: '19' }, 'refuse p_t_train360_in_ft_teachers'],
    ['subject teachers together are at most the full-time ones', { p_t_pe: '17' }, 'refuse p_subjects_sum'],
    ['visiting teachers must be declared', { p_t_visiting_pe: '1' }, 'refuse p_visiting_flag'],
  ])('%s', (_rule, change, finding) => expect(found(change as Figures)).toContain(finding));

  it('visiting teachers of a school outside of 50 to 99 pupils need a reason', () =>
    expect(found({ visiting_counted: true, p_t_visiting_pe: '1' })).toEqual(['explain p_visiting_most']));

  it('are made for the stages that the school has', () => {
    expect(found({}, {}, nineYear)).toContain('refuse required');
    expect(found({ j_ft_teachers: '0', j_t_backbone: '1' }, {}, nineYear)).toContain(
      'refuse j_t_backbone_in_ft_teachers',
    );
    expect(found({ j_ft_teachers: '0', j_t_backbone: '1' })).toEqual([]);
  });
});

describe('The checks of an annual return: premises, equipment and funds', () => {
  it.each([
    ['land is more than nothing', { land: '0' }, 'refuse land_positive'],
    ['rooms by use are part of the floor area', { office_area: '555.82' }, 'refuse floor_parts'],
    ['rooms by kind are part of the teaching rooms', { room_area: '1844.72' }, 'refuse teach_parts'],
    ['sports grounds are part of the land', { sports_ground: '8857' }, 'refuse sports_ground_in_land'],
    [
      'indoor sports are part of the teaching rooms',
      { indoor_sports: '1844.71' },
      'refuse indoor_sports_in_teach_area',
    ],
    ['green is part of the land', { green: '8857' }, 'refuse green_in_land'],
    ['an off-campus venue has a contract', { off_campus_sports: '1' }, 'refuse off_campus_flag'],
    ['multimedia rooms are rooms', { rooms: '7' }, 'refuse multimedia_in_rooms'],
    ['teaching computers are computers', { teach_computers: '41' }, 'refuse teach_computers_in_computers'],
    [
      'laboratories that meet the standard have a value',
      { equip_value: '0', lab_standard: true },
      'refuse lab_equipment',
    ],
    [
      'training funds are part of the budget',
      { train_fund: '2', fund_budget: '1' },
      'refuse train_fund_in_fund_budget',
    ],
    ['beds for boarders', { beds: '9', p_boarding: '10' }, 'warn beds_for_boarders'],
    ['a music room for every 12 classes', { music_rooms: [] }, 'warn music_rooms_per_12'],
    ['more than 20 000 yuan per pupil', { equip_value: '540.000001' }, 'explain equipment_per_pupil'],
    ['less than a square metre per pupil', { teach_area: '269.99' }, 'explain rooms_per_pupil'],
  ])('%s', (_rule, change, finding) => expect(found(change as Figures)).toContain(finding));

  it('forgive a sum that is off in the last printed digit, as in the national table of 2020', () => {
    expect(found({ room_area: '1844.71' })).toEqual([]);
    expect(found({ office_area: '555.81' })).toEqual([]);
  });

  it('do not take a missing part for zero when the whole is unknown', () =>
    expect(found({ teach_area: null, room_area: '1000' })).toEqual(['explain unknown']));

  it('find nothing in an empty list of rooms that nobody entered', () => expect(found({})).toEqual([]));
});

describe('The checks of an annual return: last year and the official ones', () => {
  it('a change of more than 15 % needs a reason, of exactly 15 % it does not', () => {
    expect(found({}, { p_enrol: '318' })).toEqual(['explain p_enrol_change']);
    expect(found(enrolled('230'), { p_enrol: '200' })).not.toContain('explain p_enrol_change');
    expect(found(enrolled('231'), { p_enrol: '200' })).toContain('explain p_enrol_change');
    expect(found(enrolled('170'), { p_enrol: '200' })).not.toContain('explain p_enrol_change');
  });

  it('carries the figure of last year that it was compared with', () =>
    expect(check(annualReturnForm, leiguPrimary, soundFigures, { p_enrol: '318' })).toEqual([
      expect.objectContaining({ figures: { p_enrol: '270' }, previous: { p_enrol: '318' }, fields: ['p_enrol'] }),
    ]));

  it.each(['land', 'floor_total', 'teach_area', 'sports_ground', 'books'])(
    '%s below last year needs a reason',
    (field) => expect(found({}, { [field]: '99999' })).toEqual([`explain ${field}_falls`]),
  );

  it.each([
    ['graduates are about the last top grade', { p_grad: '50' }, 'explain p_graduates', { p_g6: '45' }],
    [
      'medical checks reach 80 % of last year',
      { medical_checks: '215' },
      'explain medical_checks_least',
      { p_enrol: '270' },
    ],
    [
      'medical checks are at most last year',
      { medical_checks: '271' },
      'explain medical_checks_most',
      { p_enrol: '270' },
    ],
    ['a school has a guard', { guards: '0' }, 'explain guards_least', {}],
    ['a school has at most five guards', { guards: '6' }, 'explain guards_most', {}],
    ['a school has toilets', { toilets: false }, 'explain toilets_exist', {}],
    [
      'a campus network has a bandwidth',
      { campus_network: true, website: 'http://a.cn' },
      'explain network_bandwidth',
      {},
    ],
    ['a campus network has a website', { campus_network: true, bandwidth: '100' }, 'explain network_website', {}],
  ])('%s', (_rule, change, finding, previous) => expect(found(change as Figures, previous)).toEqual([finding]));

  it('warns about figures outside of what is usual, per pupil', () => {
    expect(found({ books: '40501' })).toEqual(['warn range']);
    expect(found({ books: '40500' })).toEqual([]);
    expect(found({ green: '5314' })).toEqual(['warn range']);
    expect(found({ p_ft_teachers: '8' })).toContain('warn range');
  });

  it('demands what is required, and says which field', () => {
    const { books: _, ...without } = soundFigures;
    expect(check(annualReturnForm, leiguPrimary, without)).toEqual([
      expect.objectContaining({ check: 'required', level: 'refuse', fields: ['books'] }),
    ]);
  });
});

function enrolled(p_enrol: string): Figures {
  return { p_enrol };
}

function gradeClasses(first: string): Figures {
  return {
    p_classes_g1: first,
    p_classes_g2: '1',
    p_classes_g3: '1',
    p_classes_g4: '1',
    p_classes_g5: '1',
    p_classes_g6: '1',
  };
}

describe('The checks of a county', () => {
  const junior: Asked = { schoolType: 'junior', stages: ['junior'] };
  const county = (p_grad: string, ...intakes: readonly (string | null)[]) =>
    checkCounty(annualReturnForm, [
      { ...leiguPrimary, figures: { p_grad } },
      ...intakes.map((j_new) => ({ ...junior, figures: { j_new } })),
    ]);

  it('compare the primary graduates with all junior admissions', () => {
    expect(county('90', '50', '40')).toEqual([]);
    expect(county('90', '50', '41')).toMatchObject([
      { check: 'graduates_cover_intake', figures: { p_grad: '90', j_new: '91' } },
    ]);
  });

  it('wait while a school’s figure is unknown', () => expect(county('90', '50', null)).toEqual([]));
});
