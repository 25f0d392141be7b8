import type { Balance, Condition, Indicator, Standard, Term } from './standard.js';

const shared = (field: string): Term => ({ field, of: 'shared' });
const ofStage = (field: string): Term => ({ field, of: 'stage' });
const both = (...terms: readonly Term[]): Indicator['numerator'] => ({ primary: terms, junior: terms });
const between = (low: string, high: string): Indicator['plausible'] => ({
  primary: { low, high },
  junior: { low, high },
});
const compared = { multiplier: '1', per: '1', line: null, certainty: 'sourced' } as const;

/**
 * 校际均衡八项指标. L1 is the statistics' own figure, which has 体育馆 inside; only the standard of 2017 says to move it.
 * No source settles whether L2 counts it a second time, so both are marked as inferred.
 */
export const basicIndicators: readonly Indicator[] = [
  {
    ...compared,
    id: 'teaching-rooms',
    code: 'L1',
    name: { zh: '生均教学及辅助用房面积', en: 'Teaching and auxiliary rooms per pupil' },
    unit: 'm2',
    gap: { unit: 'm2', whole: false },
    numerator: both(shared('teach_area')),
    plausible: between('1', '20'),
    certainty: 'inferred',
  },
  {
    ...compared,
    id: 'sports',
    code: 'L2',
    name: { zh: '生均体育运动场馆面积', en: 'Sports grounds and halls per pupil' },
    unit: 'm2',
    gap: { unit: 'm2', whole: false },
    numerator: both(shared('sports_ground'), shared('indoor_sports')),
    plausible: between('0', '40'),
    certainty: 'inferred',
  },
  {
    ...compared,
    id: 'equipment',
    code: 'L3',
    name: { zh: '生均教学仪器设备值', en: 'Teaching equipment per pupil' },
    unit: 'yuan',
    gap: { unit: 'yuan', whole: false },
    numerator: both(shared('equip_value')),
    multiplier: '10000',
    plausible: between('0', '20000'),
  },
  {
    ...compared,
    id: 'computers',
    code: 'L4',
    name: { zh: '每百名学生拥有计算机台数', en: 'Computers per 100 pupils' },
    unit: 'sets',
    gap: { unit: 'sets', whole: true },
    numerator: both(shared('computers')),
    per: '100',
    plausible: between('0', '60'),
  },
  {
    ...compared,
    id: 'books',
    code: 'L5',
    name: { zh: '生均图书册数', en: 'Books per pupil' },
    unit: 'volumes',
    gap: { unit: 'volumes', whole: true },
    numerator: both(shared('books')),
    plausible: between('0', '150'),
  },
  {
    ...compared,
    id: 'teachers',
    code: 'L6',
    name: { zh: '师生比', en: 'Teachers per pupil' },
    unit: 'persons',
    gap: { unit: 'persons', whole: true },
    numerator: both(ofStage('ft_teachers')),
    plausible: between('0.03', '0.2'),
  },
  {
    ...compared,
    id: 'above-qualification',
    code: 'L7',
    name: { zh: '生均高于规定学历教师数', en: 'Teachers above the required qualification per pupil' },
    unit: 'persons',
    gap: { unit: 'persons', whole: true },
    numerator: {
      primary: ['t_phd', 't_master', 't_bachelor', 't_college'].map(ofStage),
      junior: ['t_phd', 't_master', 't_bachelor'].map(ofStage),
    },
    plausible: between('0', '0.2'),
  },
  {
    ...compared,
    id: 'mid-senior-title',
    code: 'L8',
    name: { zh: '生均中级及以上专业技术职务教师数', en: 'Teachers with an intermediate or higher title per pupil' },
    unit: 'persons',
    gap: { unit: 'persons', whole: true },
    numerator: both(ofStage('t_title_senior'), ofStage('t_title_mid')),
    plausible: between('0', '0.2'),
  },
];

/** Weights primary : junior : senior by which one school's stages share what it has. */
export const nationalSplit: Standard['split'] = { primary: '1', junior: '1.1', senior: '1.32', certainty: 'sourced' };

/** Schools of compulsory education without teaching points and special schools; whether private ones count is open. */
export const basicBalance: Balance = {
  rule: 'composite',
  indicators: basicIndicators.map(({ id }) => id),
  limits: { primary: '0.65', junior: '0.55' },
  inclusion: {
    schoolTypes: ['primary', 'junior', 'nine-year', 'twelve-year', 'complete-middle'],
    sponsors: ['county', 'province-or-city', 'university', 'enterprise', 'private'],
    leastPupils: {},
    certainty: 'unsettled',
  },
  plausiblePupils: { low: '1', high: '4000' },
  borderline: { within: '0.0005', printedDecimals: 2 },
};

/** 学校达标情况 (表Ⅱ): schools that the county itself runs, without teaching points. */
export const countyRunSchools: NonNullable<Standard['schools']>['inclusion'] = {
  ...basicBalance.inclusion,
  sponsors: ['county'],
  certainty: 'sourced',
};

export const workScore: Condition = {
  id: 'work-score',
  group: 'work',
  name: { zh: '县级政府推进义务教育均衡发展工作评估得分', en: "Score of the county government's work" },
  certainty: 'sourced',
  check: { kind: 'figure', comparison: '>=', line: '85', unit: 'points', most: '100' },
};

export const satisfaction: Condition = {
  id: 'satisfaction',
  group: 'recognition',
  name: { zh: '公众满意度', en: 'Public satisfaction' },
  certainty: 'sourced',
  check: { kind: 'figure', comparison: '>=', line: '85', unit: '%', most: '100' },
};

export const balanceOfSchools: Condition = {
  id: 'balance',
  group: 'balance',
  name: { zh: '义务教育校际均衡状况', en: 'Balance between schools' },
  certainty: 'sourced',
  check: { kind: 'balance' },
};

/** 《县域义务教育均衡发展督导评估暂行办法》 */
export const cnBasic2012: Standard = {
  format: 1,
  id: 'cn-basic-2012',
  version: '1',
  name: { zh: '县域义务教育基本均衡(国家,2012)', en: 'Basic balance of compulsory education (national, 2012)' },
  region: '',
  validFrom: '2012-01-20',
  validTo: null,
  source: {
    document: '教督〔2012〕3号 县域义务教育均衡发展督导评估暂行办法',
    issuedOn: '2012-01-20',
    references: ['law-lib', '777doc', 'whatstd', 'chaifen', 'note2012'],
    certainty: 'sourced',
  },
  split: nationalSplit,
  indicators: basicIndicators,
  balance: basicBalance,
  schools: null,
  norms: [],
  conditions: [
    {
      id: 'schools-meet-provincial-norms',
      group: 'threshold',
      name: { zh: '义务教育学校达到本省办学基本标准', en: "Schools meet their province's basic norms" },
      certainty: 'sourced',
      check: { kind: 'evidence' },
    },
    workScore,
    balanceOfSchools,
    satisfaction,
  ],
};
