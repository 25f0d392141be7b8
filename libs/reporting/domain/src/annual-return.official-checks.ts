import type { Check, Expression, OutlierCheck } from '@junheng/reporting-contract';
import { check, checksForEachStage, constant, explain, f, lastYear, parts, times } from './form-checks.js';
import { enrolments, formStages, words } from './form-fields.js';

const lastEnrolment: Expression = { sum: enrolments.map(lastYear) };

/** Checks against last school year's return. They are skipped while there is none. */
export const yearOnYearChecks: readonly Check[] = [
  ...checksForEachStage(({ grades }, of) => [
    check(
      'enrol_change',
      words('在校生数较上年变动超过15%须说明', 'Enrolment more than 15 % off last year needs a reason'),
      [f(of('enrol')), 'within', lastYear(of('enrol'))],
      { ...explain, tolerance: '0.15' },
    ),
    ...(grades.length > 0
      ? [
          check(
            'graduates',
            words('毕业生数与上年最高年级学生数相差超过5%须说明', 'Graduates differ from last top grade by over 5 %'),
            [f(of('grad')), 'within', lastYear(of(`g${grades.at(-1)}`))],
            { ...explain, tolerance: '0.05' },
          ),
        ]
      : []),
  ]),
  ...(
    [
      ['land', '占地面积', 'Land'],
      ['floor_total', '校舍建筑面积', 'Floor area'],
      ['teach_area', '教学及辅助用房面积', 'Teaching rooms'],
      ['sports_ground', '运动场地面积', 'Sports grounds'],
      ['books', '图书', 'Books'],
    ] as const
  ).map(([id, zh, en]) =>
    check(
      `${id}_falls`,
      words(`${zh}较上年减少须说明`, `${en} below last year's figure need a reason`),
      [f(id), '>=', lastYear(id)],
      explain,
    ),
  ),
  check(
    'medical_checks_least',
    words('体检学生数不少于上年在校生的80%', "Pupils with a medical check ≥ 80 % of last year's enrolment"),
    [f('medical_checks'), '>=', times(constant('0.8'), lastEnrolment)],
    { ...explain, ...parts },
  ),
  check(
    'medical_checks_most',
    words('体检学生数不超过上年在校生数', "Pupils with a medical check ≤ last year's enrolment"),
    [f('medical_checks'), '<=', lastEnrolment],
    { ...explain, ...parts },
  ),
];

/** 教育事业统计报表须知, as far as the form asks for the figures. */
export const officialChecks: readonly Check[] = [
  check(
    'guards_least',
    words('安全保卫人员至少1人', 'At least one guard'),
    [f('guards'), '>=', constant('1')],
    explain,
  ),
  check(
    'guards_most',
    words('安全保卫人员至多5人', 'At most five guards'),
    [f('guards'), '<=', constant('5')],
    explain,
  ),
  check('toilets_exist', words('学校须有厕所', 'A school has toilets'), [f('toilets'), '=', constant('1')], explain),
  check(
    'network_bandwidth',
    words('有校园网时须填报带宽', 'Bandwidth where there is a campus network'),
    [f('bandwidth'), '>', constant('0')],
    { ...explain, missing: 'never-skip', when: { flag: 'campus_network', is: true } },
  ),
  check(
    'network_website',
    words('有校园网时须填报网址', 'A website where there is a campus network'),
    [{ present: 'website' }, '=', constant('1')],
    { ...explain, missing: 'never-skip', when: { flag: 'campus_network', is: true } },
  ),
];

const unlike = (field: string, zh: string, en: string): OutlierCheck => ({
  id: `${field}_unlike_peers`,
  rule: words(`生均${zh}与全县同类学校相差悬殊`, `${en} per pupil far from the county's other schools`),
  field,
  per: enrolments,
  leastSchools: 5,
  deviations: '5',
  ranges: '3',
});

export const outlierChecks: readonly OutlierCheck[] = [
  unlike('teach_area', '教学及辅助用房面积', 'Teaching rooms'),
  unlike('sports_ground', '运动场地面积', 'Sports grounds'),
  unlike('equip_value', '教学仪器设备值', 'Equipment'),
  unlike('computers', '计算机数', 'Computers'),
  unlike('books', '图书', 'Books'),
  unlike('multimedia', '网络多媒体教室', 'Multimedia classrooms'),
  ...formStages
    .filter(({ stage }) => stage !== 'senior')
    .map(({ prefix, zh, en }) => ({
      ...unlike(`${prefix}_ft_teachers`, `${zh}专任教师`, `Full-time teachers (${en})`),
      per: [`${prefix}_enrol`],
    })),
];

export const countyChecks: readonly Check[] = [
  check(
    'graduates_cover_intake',
    words('全县小学毕业生数不少于初中招生数', 'Primary graduates of the county ≥ its junior admissions'),
    [f('p_grad'), '>=', f('j_new')],
    explain,
  ),
];
