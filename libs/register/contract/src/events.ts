import type {
  Day,
  RegionCode,
  RegionKind,
  SchoolCode,
  SchoolFacts,
  SchoolType,
  Setting,
  Sponsor,
  Stage,
} from './types.js';

/** Stream `region-<code>`, in the region's own ledger. */
export type RegionEvent = RegionRegistered | RegionRenamed | RegionMoved | RegionAbolished;

export interface RegionRegistered {
  readonly type: 'RegionRegistered';
  readonly code: RegionCode;
  readonly name: string;
  readonly kind: RegionKind;
  readonly parent: RegionCode | null;
  readonly validFrom: Day;
}

export interface RegionRenamed {
  readonly type: 'RegionRenamed';
  readonly code: RegionCode;
  readonly name: string;
  readonly effectiveOn: Day;
}

export interface RegionMoved {
  readonly type: 'RegionMoved';
  readonly code: RegionCode;
  readonly parent: RegionCode;
  readonly effectiveOn: Day;
}

export interface RegionAbolished {
  readonly type: 'RegionAbolished';
  readonly code: RegionCode;
  readonly successors: readonly RegionCode[];
  readonly effectiveOn: Day;
}

/** Stream `school-<code>`, in the ledger of the county that holds the school at the time. */
export type SchoolEvent =
  | SchoolRegistered
  | SchoolRenamed
  | SchoolReclassified
  | SchoolAssignedToCluster
  | SchoolAbsorbed
  | SchoolEnlarged
  | SchoolSplit
  | SchoolMovedOut
  | SchoolMovedIn
  | SchoolClosed
  | SchoolReopened;

export interface SchoolRegistered extends SchoolFacts {
  readonly type: 'SchoolRegistered';
}

export interface SchoolRenamed {
  readonly type: 'SchoolRenamed';
  readonly school: SchoolCode;
  readonly name: string;
  readonly effectiveOn: Day;
}

export interface SchoolReclassified {
  readonly type: 'SchoolReclassified';
  readonly school: SchoolCode;
  readonly schoolType: SchoolType;
  readonly sponsor: Sponsor;
  readonly setting: Setting;
  readonly stages: readonly Stage[];
  readonly effectiveOn: Day;
}

export interface SchoolAssignedToCluster {
  readonly type: 'SchoolAssignedToCluster';
  readonly school: SchoolCode;
  readonly cluster: string | null;
  readonly effectiveOn: Day;
}

/** The school went up in another one of the same county; its code is void. */
export interface SchoolAbsorbed {
  readonly type: 'SchoolAbsorbed';
  readonly school: SchoolCode;
  readonly into: SchoolCode;
  readonly effectiveOn: Day;
}

/** The other side of a merger: the school that goes on. */
export interface SchoolEnlarged {
  readonly type: 'SchoolEnlarged';
  readonly school: SchoolCode;
  readonly absorbed: readonly SchoolCode[];
  readonly effectiveOn: Day;
}

/** A school that is itself among `into` goes on under its code. */
export interface SchoolSplit {
  readonly type: 'SchoolSplit';
  readonly school: SchoolCode;
  readonly into: readonly SchoolCode[];
  readonly effectiveOn: Day;
}

/** Carries the school's facts, so that the other county's ledger can be written from this event alone. */
export interface SchoolMovedOut extends SchoolFacts {
  readonly type: 'SchoolMovedOut';
  readonly to: RegionCode;
  readonly effectiveOn: Day;
}

export interface SchoolMovedIn extends SchoolFacts {
  readonly type: 'SchoolMovedIn';
  readonly from: RegionCode;
  readonly effectiveOn: Day;
}

export interface SchoolClosed {
  readonly type: 'SchoolClosed';
  readonly school: SchoolCode;
  readonly effectiveOn: Day;
  readonly reason: string;
}

export interface SchoolReopened {
  readonly type: 'SchoolReopened';
  readonly school: SchoolCode;
  readonly effectiveOn: Day;
}
