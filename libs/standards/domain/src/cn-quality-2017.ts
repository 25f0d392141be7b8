import { nationalSplit } from './cn-basic-2012.js';
import { qualityConditions } from './cn-quality-2017-conditions.js';
import type { Inclusion, Indicator, Norm, Standard, Term } from './standard.js';

const shared = (field: string, rest: Partial<Term> = {}): Term => ({ field, of: 'shared', ...rest });
const ofStage = (field: string, rest: Partial<Term> = {}): Term => ({ field, of: 'stage', ...rest });
const both = (...terms: readonly Term[]): Indicator['numerator'] => ({ primary: terms, junior: terms });
const line = (primary: string, junior: string): Indicator['line'] => ({ primary, junior });
const between = (low: string, high: string): Indicator['plausible'] => ({
  primary: { low, high },
  junior: { low, high },
});
const each = { multiplier: '1', per: '1', certainty: 'sourced' } as const;
const persons = { unit: 'persons', per: '100', gap: { unit: 'persons', whole: true } } as const;
const area = { unit: 'm2', gap: { unit: 'm2', whole: false } } as const;

/** 走教、兼职、交流教师 count in rural schools of 50 to 99 pupils that say so. */
const visiting = ['t_visiting_pe', 't_visiting_music', 't_visiting_art', 't_visiting_arts'].map((field) =>
  ofStage(field, {
    flag: 'visiting_counted',
    when: { settings: ['rural'], leastPupils: '50', belowPupils: '100' },
  }),
);

/** 资源配置七项指标, each with the line that every school must reach. */
const indicators: readonly Indicator[] = [
  {
    ...each,
    ...persons,
    id: 'above-qualification',
    code: '1',
    name: { zh: '每百名学生拥有高于规定学历教师数', en: 'Teachers above the required qualification per 100 pupils' },
    numerator: {
      primary: ['t_phd', 't_master', 't_bachelor', 't_college'].map((field) => ofStage(field)),
      junior: ['t_phd', 't_master', 't_bachelor'].map((field) => ofStage(field)),
    },
    line: line('4.2', '5.3'),
    plausible: between('0', '20'),
  },
  {
    ...each,
    ...persons,
    id: 'backbone-teachers',
    code: '2',
    name: { zh: '每百名学生拥有县级以上骨干教师数', en: 'Backbone teachers per 100 pupils' },
    numerator: both(ofStage('t_backbone')),
    line: line('1', '1'),
    plausible: between('0', '20'),
  },
  {
    ...each,
    ...persons,
    id: 'sports-art-teachers',
    code: '3',
    name: { zh: '每百名学生拥有体育、艺术专任教师数', en: 'Sports and arts teachers per 100 pupils' },
    numerator: both(ofStage('t_pe'), ofStage('t_music'), ofStage('t_art'), ofStage('t_arts'), ...visiting),
    line: line('0.9', '0.9'),
    plausible: between('0', '20'),
  },
  {
    ...each,
    ...area,
    id: 'teaching-rooms',
    code: '4',
    name: { zh: '生均教学及辅助用房面积', en: 'Teaching and auxiliary rooms per pupil' },
    numerator: both(shared('teach_area'), shared('indoor_sports', { subtract: true })),
    line: line('4.5', '5.8'),
    plausible: between('1', '20'),
  },
  {
    ...each,
    ...area,
    id: 'sports',
    code: '5',
    name: { zh: '生均体育运动场馆面积', en: 'Sports grounds and halls per pupil' },
    numerator: both(
      shared('sports_ground'),
      shared('indoor_sports'),
      shared('off_campus_sports', { flag: 'off_campus_contract' }),
    ),
    line: line('7.5', '10.2'),
    plausible: between('0', '40'),
  },
  {
    ...each,
    id: 'equipment',
    code: '6',
    name: { zh: '生均教学仪器设备值', en: 'Teaching equipment per pupil' },
    unit: 'yuan',
    gap: { unit: 'yuan', whole: false },
    numerator: both(shared('equip_value')),
    multiplier: '10000',
    line: line('2000', '2500'),
    plausible: between('0', '20000'),
  },
  {
    ...each,
    id: 'multimedia',
    code: '7',
    name: { zh: '每百名学生拥有网络多媒体教室数', en: 'Networked multimedia classrooms per 100 pupils' },
    unit: 'rooms',
    per: '100',
    gap: { unit: 'rooms', whole: true },
    numerator: both(shared('multimedia')),
    line: line('2.3', '2.4'),
    plausible: between('0', '6'),
  },
];

/** Every sponsor counts, private ones too; teaching points from fifty pupils up; no special schools. */
const inclusion: Inclusion = {
  schoolTypes: ['primary', 'teaching-point', 'junior', 'nine-year', 'twelve-year', 'complete-middle'],
  sponsors: ['county', 'province-or-city', 'university', 'enterprise', 'private'],
  leastPupils: { 'teaching-point': '50' },
  certainty: 'sourced',
};

const rooms = {
  kind: 'rooms-for-classes',
  unit: 'rooms',
  whole: true,
  classesField: 'classes',
  classes: '12',
} as const;

const norms: readonly Norm[] = [
  {
    ...rooms,
    id: 'music-rooms',
    name: { zh: '音乐专用教室', en: 'Music rooms' },
    aliases: [],
    field: 'music_rooms',
    leastArea: '96',
    certainty: 'recalled',
  },
  {
    ...rooms,
    id: 'art-rooms',
    name: { zh: '美术专用教室', en: 'Art rooms' },
    aliases: [],
    field: 'art_rooms',
    leastArea: '90',
    certainty: 'recalled',
  },
  {
    kind: 'school-size',
    id: 'school-size',
    name: { zh: '学校规模', en: 'Pupils above the size of a school' },
    aliases: [],
    unit: 'pupils',
    whole: true,
    limit: {
      primary: '2000',
      'teaching-point': '2000',
      junior: '2000',
      'complete-middle': '2000',
      'nine-year': '2500',
      'twelve-year': '2500',
    },
    certainty: 'sourced',
  },
  {
    kind: 'class-size',
    id: 'class-size',
    name: { zh: '超班额', en: 'Classes above the size' },
    aliases: ['班额'],
    unit: 'classes',
    whole: true,
    field: 'class_sizes',
    limit: { primary: '45', junior: '50' },
    certainty: 'sourced',
  },
];

/** 《县域义务教育优质均衡发展督导评估办法》. That shared resources are split as in 2012 is a reading. */
export const cnQuality2017: Standard = {
  format: 1,
  id: 'cn-quality-2017',
  version: '1',
  name: { zh: '县域义务教育优质均衡(国家,2017)', en: 'Quality balance of compulsory education (national, 2017)' },
  region: '',
  validFrom: '2017-04-19',
  validTo: null,
  source: {
    document: '教督〔2017〕6号 县域义务教育优质均衡发展督导评估办法',
    issuedOn: null,
    references: ['jianpian', 'hebei-q', 'jiulongpo', 'fudaoke'],
    certainty: 'recalled',
  },
  split: { ...nationalSplit, certainty: 'inferred' },
  indicators,
  balance: {
    rule: 'each',
    indicators: indicators.map(({ id }) => id),
    limits: { primary: '0.5', junior: '0.45' },
    inclusion,
    plausiblePupils: { low: '1', high: '4000' },
    borderline: { within: '0.0005', printedDecimals: 2 },
  },
  schools: { inclusion, rule: { kind: 'lines', indicators: indicators.map(({ id }) => id), least: 6, floor: '0.85' } },
  norms,
  conditions: qualityConditions,
};
