import type { ShortfallItem } from '@junheng/evaluation-domain';
import type { DemoFigures, DemoSchool } from './steps.js';

/** 擂鼓镇, 竹山县, school year 2013: what the town had and lacked, from `cases/leigu-2013-*.csv`. */
export interface LeiguSchool extends DemoSchool {
  readonly known: DemoFigures;
  /** The figure of the speech where it differs from that of the gap list. */
  readonly conflict?: { readonly field: string; readonly listed: string; readonly spoken: string };
  readonly shortfalls: readonly ShortfallItem[];
}

export const GAP_LIST = '竹山县义务教育均衡发展学校评估指标差距值一览表';
export const SPEECH = '擂鼓镇义务教育均衡发展动员讲话';

/** Computed gaps are not listed here: they must come out of the standard. `null`: the number is lost in the source. */
const found = (...rows: readonly (readonly [item: string, unit: string, amount: string | null])[]): ShortfallItem[] =>
  rows.map(([item, unit, amount]) => ({ item, unit, amount, source: GAP_LIST }));

// The sources give no codes: serials, settings and opening days are made up.
const inLeigu = { county: '420323', cluster: '擂鼓镇中心学校' } as const;

export const leigu: readonly LeiguSchool[] = [
  {
    ...inLeigu,
    school: '3142032301',
    name: '擂鼓中学',
    stage: 'junior',
    setting: 'town',
    known: { j_enrol: '652', j_over50: '0', teach_area: '1610.32' },
    conflict: { field: 'j_enrol', listed: '652', spoken: '653' },
    shortfalls: found(
      ['田径场', 'count', '1'],
      ['排球场', 'count', '1'],
      ['理化生实验室', 'rooms', '2'],
      ['体音美器材设备室', 'rooms', '3'],
      ['图书', 'volumes', null],
      ['学生宿舍面积', 'm2', '215'],
      ['床位', 'beds', '273'],
    ),
  },
  {
    ...inLeigu,
    school: '2142032301',
    name: '擂鼓镇小学',
    stage: 'primary',
    setting: 'town',
    known: { p_enrol: '795', p_over45: '12', land: '8856', teach_area: '1844.7' },
    conflict: { field: 'p_enrol', listed: '795', spoken: '705' },
    shortfalls: found(
      ['超班额', 'classes', '12'],
      ['田径场', 'count', '1'],
      ['篮球场及排球场', 'count', '1'],
      ['计算机教室', 'rooms', null],
      ['图书', 'volumes', '12720'],
      ['学生宿舍面积', 'm2', '260'],
      ['床位', 'beds', '99'],
    ),
  },
  {
    ...inLeigu,
    school: '2142032302',
    name: '腰庄小学',
    stage: 'primary',
    setting: 'rural',
    known: { p_enrol: '227', p_over45: '0', land: '3495' },
    shortfalls: found(
      ['教学及辅助用房面积', 'm2', null],
      ['直跑道', 'm', '50'],
      ['篮球场及排球场', 'count', '1'],
      ['科学实验室', 'rooms', '1'],
      ['体音美器材设备室', 'rooms', '3'],
      ['学生宿舍面积', 'm2', '73'],
      ['床位', 'beds', '10'],
    ),
  },
  {
    ...inLeigu,
    school: '2142032303',
    name: '护驾小学',
    stage: 'primary',
    setting: 'rural',
    known: { p_enrol: '314', p_over45: '6' },
    shortfalls: found(
      ['超班额', 'classes', '6'],
      ['教学及辅助用房面积', 'm2', null],
      ['绿化面积', 'm2', '1754'],
      ['直跑道', 'm', '40'],
      ['篮球场及排球场', 'count', '1'],
      ['科学实验室', 'rooms', null],
      ['体音美器材设备室', 'rooms', '3'],
      ['计算机教室', 'rooms', '1'],
      ['图书', 'volumes', '5966'],
      ['学生宿舍面积', 'm2', '16'],
      ['床位', 'beds', '44'],
    ),
  },
  {
    ...inLeigu,
    school: '2142032304',
    name: '鼓锣小学',
    stage: 'primary',
    setting: 'rural',
    known: { p_enrol: '134', p_over45: '0', teach_area: '479.44' },
    shortfalls: found(
      ['绿化面积', 'm2', null],
      ['直跑道', 'm', '20'],
      ['篮球场及排球场', 'count', '1'],
      ['体音美器材设备室', 'rooms', '3'],
      ['学生宿舍面积', 'm2', '10'],
      ['床位', 'beds', '10'],
    ),
  },
];
