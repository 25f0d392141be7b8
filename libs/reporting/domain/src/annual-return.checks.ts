import type { Check } from '@junheng/reporting-contract';
import { floorAreas, teachingAreas } from './annual-return.premises.js';
import { qualifications, subjects, titles } from './annual-return.teachers.js';
import { check, checksForEachStage, constant, explain, f, parts, sum, times, warn } from './form-checks.js';
import { enrolments, formStages, words } from './form-fields.js';

// 校舍 tables are published with sums that are off in the last printed digit.
const printed = { tolerance: '0.01' } as const;

type Of = (id: string) => string;
type Named = readonly [id: string, zh: string, en: string];

const atMost = ([id, zh, en]: Named, [whole, wholeZh, wholeEn]: Named, of: Of): Check =>
  check(`${id}_in_${whole}`, words(`${zh}不超过${wholeZh}`, `${en} ≤ ${wholeEn}`), [f(of(id)), '<=', f(of(whole))]);

const pupilChecks = checksForEachStage(({ grades, regularClass }, of) => [
  ...(grades.length > 0
    ? [
        check('grades_sum', words('各年级学生数之和 = 在校生数', 'Pupils of all grades = enrolment'), [
          sum(grades.map((grade) => of(`g${grade}`))),
          '=',
          f(of('enrol')),
        ]),
        check('new_first_grade', words('招生数 = 起始年级学生数', 'Admissions = pupils of the first grade'), [
          f(of('new')),
          '=',
          f(of(`g${grades[0]}`)),
        ]),
        check('grade_classes_sum', words('各年级班数之和 = 教学班数', 'Classes of all grades = classes'), [
          sum(grades.map((grade) => of(`classes_g${grade}`))),
          '=',
          f(of('classes')),
        ]),
        ...grades.map((grade) =>
          check(
            `tracks_g${grade}`,
            words(`${grade}年级不超过20轨`, `Grade ${grade} has at most 20 classes`),
            [f(of(`classes_g${grade}`)), '<=', constant('20')],
            explain,
          ),
        ),
      ]
    : []),
  ...(
    [
      ['boarding', '寄宿生数', 'Boarders'],
      ['migrant', '随迁子女', 'Children of migrant workers'],
      ['left_behind', '留守儿童', 'Left-behind children'],
      ['disabled', '随班就读', 'Pupils with disabilities'],
      ['in_catchment', '划片内学生数', 'Pupils from the catchment area'],
    ] as const
  ).map((part) => atMost(part, ['enrol', '在校生数', 'enrolment'], of)),
  check(
    'classes_exist',
    words('有在校生时教学班数 > 0', 'Classes > 0 where there are pupils'),
    [f(of('classes')), '>', constant('0')],
    { when: { positive: f(of('enrol')) } },
  ),
  check('class_sizes_count', words('每班人数的个数 = 教学班数', 'Class sizes given = classes'), [
    { list: of('class_sizes'), take: 'count' },
    '=',
    f(of('classes')),
  ]),
  check('class_sizes_sum', words('每班人数之和 = 在校生数', 'Sum of class sizes = enrolment'), [
    { list: of('class_sizes'), take: 'sum' },
    '=',
    f(of('enrol')),
  ]),
  check('over_from_list', words('超标班数由每班人数得出', 'Oversize classes follow from the class sizes'), [
    f(of(`over${regularClass}`)),
    '=',
    { list: of('class_sizes'), countFrom: String(regularClass + 1) },
  ]),
  check('big56_from_list', words('大班额数由每班人数得出', 'Big classes follow from the class sizes'), [
    f(of('big56')),
    '=',
    { list: of('class_sizes'), countFrom: '56', countTo: '65' },
  ]),
  check('huge66_from_list', words('超大班额数由每班人数得出', 'Huge classes follow from the class sizes'), [
    f(of('huge66')),
    '=',
    { list: of('class_sizes'), countFrom: '66' },
  ]),
]);

const teacherChecks = checksForEachStage((_stage, of) => [
  atMost(['ft_teachers', '专任教师', 'Full-time teachers'], ['staff', '教职工', 'staff'], of),
  check('qualifications_sum', words('各学历人数之和 = 专任教师数', 'Teachers by qualification = full-time teachers'), [
    sum(qualifications.map((each) => of(`t_${each}`))),
    '=',
    f(of('ft_teachers')),
  ]),
  check('titles_sum', words('各职称人数之和 = 专任教师数', 'Teachers by title = full-time teachers'), [
    sum(titles.map((each) => of(`t_title_${each}`))),
    '=',
    f(of('ft_teachers')),
  ]),
  ...(
    [
      ['t_backbone', '县级及以上骨干教师', 'Backbone teachers'],
      ['t_pe', '体育专任教师', 'PE teachers'],
      ['t_music', '音乐专任教师', 'Music teachers'],
      ['t_art', '美术专任教师', 'Fine art teachers'],
      ['t_arts', '艺术专任教师', 'Arts teachers'],
      ['t_cert', '持证教师', 'Certified teachers'],
      ['t_train360', '培训满360学时的教师', 'Teachers with 360 hours of training'],
    ] as const
  ).map((part) => atMost(part, ['ft_teachers', '专任教师数', 'full-time teachers'], of)),
  check(
    'subjects_sum',
    words('体育、音乐、美术、艺术教师之和不超过专任教师数', 'PE, music, art and arts teachers together ≤ full-time'),
    [sum(subjects.map((each) => of(`t_${each}`))), '<=', f(of('ft_teachers'))],
    parts,
  ),
  check(
    'visiting_flag',
    words('未声明计入走教教师时不得填报', 'Visiting teachers only where they are declared as counted'),
    [sum(subjects.map((each) => of(`t_visiting_${each}`))), '<=', constant('0')],
    { ...parts, when: { flag: 'visiting_counted', is: false } },
  ),
  ...(['>=', '<='] as const).map((operator) =>
    check(
      operator === '>=' ? 'visiting_least' : 'visiting_most',
      words('仅50–99人的学校计入走教教师', 'Visiting teachers count in schools of 50 to 99 pupils only'),
      [f(of('enrol')), operator, constant(operator === '>=' ? '50' : '99')],
      { ...explain, when: { positive: sum(subjects.map((each) => of(`t_visiting_${each}`))) } },
    ),
  ),
]);

const whole: Of = (id) => id;

const premisesChecks: readonly Check[] = [
  check('land_positive', words('占地面积 > 0', 'Land > 0'), [f('land'), '>', constant('0')]),
  check(
    'floor_parts',
    words('教学、办公、生活、其他用房之和不超过校舍建筑面积', 'Teaching, office, living and other rooms ≤ floor area'),
    [sum(floorAreas), '<=', f('floor_total')],
    { ...parts, ...printed },
  ),
  check(
    'teach_parts',
    words(
      '教室、实验室、图书室、微机室、语音室、体育馆之和不超过教学及辅助用房',
      'Classrooms, laboratories, library, computer and language rooms and gym ≤ teaching and auxiliary rooms',
    ),
    [sum(teachingAreas), '<=', f('teach_area')],
    { ...parts, ...printed },
  ),
  atMost(['sports_ground', '运动场地', 'Sports grounds'], ['land', '占地面积', 'land'], whole),
  atMost(
    ['indoor_sports', '室内体育用房', 'Indoor sports rooms'],
    ['teach_area', '教学及辅助用房', 'teaching rooms'],
    whole,
  ),
  atMost(['green', '绿化面积', 'Green area'], ['land', '占地面积', 'land'], whole),
  check(
    'off_campus_flag',
    words('无租用合同时不得填报校外场馆', 'Off-campus venue only where there is a contract'),
    [f('off_campus_sports'), '<=', constant('0')],
    { when: { flag: 'off_campus_contract', is: false } },
  ),
  atMost(['multimedia', '网络多媒体教室', 'Multimedia classrooms'], ['rooms', '教室及功能室总数', 'all rooms'], whole),
  atMost(['teach_computers', '教学用计算机', 'Computers for teaching'], ['computers', '计算机数', 'computers'], whole),
  check(
    'lab_equipment',
    words('实验仪器达标时资产值 > 0', 'Equipment value > 0 where the laboratories meet the standard'),
    [f('equip_value'), '>', constant('0')],
    { when: { flag: 'lab_standard', is: true }, missing: 'never-skip' },
  ),
  atMost(
    ['train_fund', '培训经费', 'Training funds'],
    ['fund_budget', '公用经费预算', 'budget of public funds'],
    whole,
  ),
  ...(['music', 'art'] as const).map((room) =>
    check(
      `${room}_rooms_per_12`,
      room === 'music'
        ? words('每12个班至少1间音乐专用教室', 'A music room for every 12 classes')
        : words('每12个班至少1间美术专用教室', 'An art room for every 12 classes'),
      [
        times(constant('12'), { list: `${room}_rooms`, take: 'count' }),
        '>=',
        sum(formStages.filter(({ stage }) => stage !== 'senior').map(({ prefix }) => `${prefix}_classes`)),
      ],
      { ...warn, ...parts },
    ),
  ),
  check(
    'beds_for_boarders',
    words('床位数不少于寄宿生数', 'A bed for every boarder'),
    [f('beds'), '>=', sum(formStages.map(({ prefix }) => `${prefix}_boarding`))],
    { ...warn, ...parts },
  ),
  check(
    'equipment_per_pupil',
    words('生均教学仪器设备值超过20000元须说明', 'More than 20 000 yuan of equipment per pupil needs a reason'),
    [f('equip_value'), '<=', times(constant('2'), sum(enrolments))],
    { ...explain, ...parts },
  ),
  check(
    'rooms_per_pupil',
    words('生均教学及辅助用房不足1平方米须说明', 'Less than 1 m² of teaching rooms per pupil needs a reason'),
    [f('teach_area'), '>=', sum(enrolments)],
    { ...explain, ...parts },
  ),
];

export const figureChecks: readonly Check[] = [...pupilChecks, ...teacherChecks, ...premisesChecks];
