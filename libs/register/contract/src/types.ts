/** 学校(机构)标识码: ten digits, category + province + serial. */
export type SchoolCode = string;

/** GB/T 2260 code or its like for regions that are no GB/T county: province 2, city 4, county 6 digits. */
export type RegionCode = string;

/** ISO calendar day such as `2013-09-01`. */
export type Day = string;

/** 学段 */
export const stages = ['primary', 'junior', 'senior'] as const;
export type Stage = (typeof stages)[number];

/** 办学类型: 小学, 教学点, 初级中学, 九年一贯制, 十二年一贯制, 完全中学, 高级中学, 特殊教育 */
export const schoolTypes = [
  'primary',
  'teaching-point',
  'junior',
  'nine-year',
  'twelve-year',
  'complete-middle',
  'senior',
  'special',
] as const;
export type SchoolType = (typeof schoolTypes)[number];

/** 举办者: 县级, 省市属, 高校附属, 企业办, 民办 */
export const sponsors = ['county', 'province-or-city', 'university', 'enterprise', 'private'] as const;
export type Sponsor = (typeof sponsors)[number];

/** 城乡类型: 城区, 镇区, 乡村 */
export const settings = ['urban', 'town', 'rural'] as const;
export type Setting = (typeof settings)[number];

/** Development zones (开发区) and Corps units (兵团) are evaluated as counties without being GB/T counties. */
export const regionKinds = ['nation', 'province', 'city', 'county', 'development-zone', 'corps'] as const;
export type RegionKind = (typeof regionKinds)[number];

/** Why a school's row of history is what it is; only an `open` school is counted. */
export const schoolStatuses = ['open', 'closed', 'absorbed', 'split', 'moved-out'] as const;
export type SchoolStatus = (typeof schoolStatuses)[number];

/** What a county knows of a school; whoever moves it to another county hands all of it over. */
export interface SchoolFacts {
  readonly school: SchoolCode;
  readonly name: string;
  readonly schoolType: SchoolType;
  readonly sponsor: Sponsor;
  readonly setting: Setting;
  /** 学区; `null` when the school belongs to none. */
  readonly cluster: string | null;
  /** The stages it is counted as (学段单位), in the order primary, junior, senior. */
  readonly stages: readonly Stage[];
  readonly openedOn: Day;
}
