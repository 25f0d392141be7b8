import { balanceOfSchools, satisfaction } from './cn-basic-2012.js';
import type { Certainty, Condition } from './standard.js';

type Check = Condition['check'];

const item = (
  id: string,
  zh: string,
  en: string,
  check: Check,
  certainty: Certainty = 'recalled',
): Omit<Condition, 'group'> => ({
  id,
  name: { zh, en },
  certainty,
  check,
});
const evidence: Check = { kind: 'evidence' };
const atLeast = (line: string, unit = '%'): Check => ({
  kind: 'figure',
  comparison: '>=',
  line,
  unit,
  most: unit === '%' ? '100' : null,
});
const below = (line: string, unit: string): Check => ({ kind: 'figure', comparison: '<', line, unit, most: null });

/** 政府保障程度: fifteen items, all of which must be met. Their wording is recalled and to be checked. */
const guarantee = [
  item('guarantee-01-layout', '学校规划布局合理,符合国家规定', 'Schools are laid out as the state requires', evidence),
  item(
    'guarantee-02-unified',
    '城乡义务教育学校建设、编制、经费定额、装备标准统一',
    'The same four standards in town and country',
    evidence,
  ),
  item(
    'guarantee-03-music-art',
    '每12个班级配备音乐、美术专用教室1间以上',
    'A music and an art room for every twelve classes',
    {
      kind: 'norms',
      norms: ['music-rooms', 'art-rooms'],
    },
  ),
  item(
    'guarantee-04-school-size',
    '学校规模不超过2000人,一贯制不超过2500人',
    'Schools of at most 2000 pupils (2500 with all grades)',
    {
      kind: 'norms',
      norms: ['school-size'],
    },
  ),
  item(
    'guarantee-05-class-size',
    '所有班级不超过45人(小学)、50人(初中)',
    'No class above 45 (primary) or 50 (junior) pupils',
    {
      kind: 'norms',
      norms: ['class-size'],
    },
  ),
  item(
    'guarantee-06-small-schools',
    '不足100名学生的村小学和教学点按100名核定公用经费',
    'Small schools are funded as if they had 100 pupils',
    evidence,
    'sourced',
  ),
  item(
    'guarantee-07-special-funds',
    '特殊教育学校生均公用经费',
    'Public funds per pupil of special schools',
    atLeast('6000', 'yuan'),
    'sourced',
  ),
  item(
    'guarantee-08-pay',
    '教师平均工资收入不低于当地公务员',
    'Teachers earn no less than local civil servants',
    evidence,
    'sourced',
  ),
  item(
    'guarantee-09-training',
    '教师5年360学时培训完成率',
    'Teachers with 360 hours of training in five years',
    atLeast('100'),
  ),
  item('guarantee-10-posts', '县级教育部门统筹分配教职工编制和岗位', 'The education bureau allots posts', evidence),
  item(
    'guarantee-11-rotation',
    '每年交流轮岗教师占符合条件教师的比例',
    'Eligible teachers who move each year',
    atLeast('10'),
  ),
  item(
    'guarantee-11-rotation-backbone',
    '交流轮岗教师中骨干教师比例',
    'Backbone teachers among those who move',
    atLeast('20'),
  ),
  item('guarantee-12-certified', '专任教师持证上岗率', 'Certified full-time teachers', atLeast('100')),
  item(
    'guarantee-13-urban-catchment',
    '城区公办学校就近划片入学比例(不含寄宿制)',
    'Urban pupils of their catchment area (boarding schools apart)',
    atLeast('100'),
  ),
  item(
    'guarantee-13-town-catchment',
    '镇区公办学校就近划片入学比例(不含寄宿制)',
    'Town pupils of their catchment area (boarding schools apart)',
    atLeast('95'),
  ),
  item(
    'guarantee-14-quota',
    '优质高中招生名额分配比例',
    'Places of good senior schools handed to junior schools',
    atLeast('50'),
  ),
  item('guarantee-15-left-behind', '留守儿童关爱体系健全', 'Care for left-behind children', evidence),
  item(
    'guarantee-15-migrant',
    '随迁子女在公办和政府购买学位学校就读比例',
    'Migrant children in public or publicly paid places',
    atLeast('85'),
  ),
];

/** 教育质量: nine items, all of which must be met. */
const quality = [
  item('quality-1-consolidation', '初中三年巩固率', 'Three-year consolidation rate', atLeast('95')),
  item('quality-2-disabled', '残疾儿童少年入学率', 'Disabled children at school', atLeast('95')),
  item(
    'quality-3-charter',
    '所有学校制定章程,实现管理与教学信息化',
    'Every school has a charter and works digitally',
    evidence,
  ),
  item(
    'quality-4-training-funds',
    '教师培训经费占公用经费预算比例(每所学校)',
    'Training funds of every school in its budget',
    atLeast('5'),
  ),
  item(
    'quality-5-equipment-used',
    '教师熟练运用信息化手段,设施设备利用率较高',
    'Teachers use what the school has',
    evidence,
  ),
  item(
    'quality-6-moral',
    '所有学校德育、校园文化建设水平达良好以上',
    'Moral education and school culture are good everywhere',
    evidence,
  ),
  item('quality-7-courses', '课程开齐开足,教学秩序规范', 'All courses are taught', evidence),
  item('quality-8-burden', '无过重课业负担', 'No excessive homework', evidence),
  item(
    'quality-9-level',
    '国家义务教育质量监测学业水平达Ⅲ级以上',
    'Level III or higher in the national monitoring',
    evidence,
    'sourced',
  ),
  item(
    'quality-9-difference',
    '国家义务教育质量监测校际差异率',
    'Difference between schools in the national monitoring',
    below('0.15', ''),
    'sourced',
  ),
];

const veto = item(
  'no-veto',
  '无一票否决情形(以考试方式招生、违规择校、重点校、重点班、有编不补、重大安全责任事故和严重违纪违规、弄虚作假)',
  'None of the vetoes',
  evidence,
);

const entry = item(
  'basic-balance-three-years',
  '通过国家基本均衡认定三年以上,年度监测持续保持较高水平',
  'Recognised as basically balanced for more than three years, monitored as stable since',
  evidence,
  'sourced',
);

const schools = item(
  'schools-reach-lines',
  '资源配置: 每所学校至少6项达标,余项不低于85%',
  'Every school reaches its lines',
  { kind: 'schools' },
  'sourced',
);

export const qualityConditions: readonly Condition[] = [
  { ...entry, group: 'entry' },
  { ...schools, group: 'resources' },
  { ...balanceOfSchools, group: 'resources' },
  ...guarantee.map((each) => ({ ...each, group: 'guarantee' })),
  ...quality.map((each) => ({ ...each, group: 'quality' })),
  satisfaction,
  { ...veto, group: 'recognition' },
];
