import type {
  Day,
  RegionCode,
  SchoolCode,
  SchoolFacts,
  SchoolType,
  Setting,
  Sponsor,
  Stage,
} from '@junheng/register-contract';

/** What a county states of a school that it registers; without `stages` it has all of its type's. */
export interface NewSchool extends Omit<SchoolFacts, 'stages' | 'openedOn'> {
  readonly stages?: readonly Stage[];
}

export interface RegisterSchool extends NewSchool {
  readonly type: 'RegisterSchool';
  readonly county: RegionCode;
  readonly openedOn: Day;
  /** The schools that it was merged from. */
  readonly absorbed?: readonly SchoolCode[];
}

export interface MoveSchoolIn extends SchoolFacts {
  readonly type: 'MoveSchoolIn';
  readonly from: RegionCode;
  readonly effectiveOn: Day;
}

interface Effective {
  readonly effectiveOn: Day;
}

/** What can be done to a school that is registered already. */
export type SchoolChange =
  | ({ readonly type: 'RenameSchool'; readonly name: string } & Effective)
  | ({
      readonly type: 'ReclassifySchool';
      readonly schoolType: SchoolType;
      readonly sponsor: Sponsor;
      readonly setting: Setting;
      readonly stages?: readonly Stage[];
    } & Effective)
  | ({ readonly type: 'AssignSchoolToCluster'; readonly cluster: string | null } & Effective)
  | ({ readonly type: 'AbsorbSchool'; readonly into: SchoolCode } & Effective)
  | ({ readonly type: 'EnlargeSchool'; readonly absorbed: readonly SchoolCode[] } & Effective)
  | ({ readonly type: 'SplitSchool'; readonly into: readonly SchoolCode[] } & Effective)
  | ({ readonly type: 'MoveSchoolOut'; readonly from: RegionCode; readonly to: RegionCode } & Effective)
  | ({ readonly type: 'CloseSchool'; readonly reason: string } & Effective)
  | ({ readonly type: 'ReopenSchool' } & Effective);

export type SchoolCommand = RegisterSchool | MoveSchoolIn | SchoolChange;
