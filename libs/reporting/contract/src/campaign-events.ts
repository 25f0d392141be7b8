import type { SchoolFacts, SchoolType } from '@junheng/register-contract';
import type { Figures } from './figures.js';
import type { FormInForce } from './form.js';

/** Which schools a campaign asks; every part that is given must hold. Empty: every school of the region. */
export interface CampaignScope {
  readonly schools?: readonly string[];
  readonly types?: readonly SchoolType[];
  readonly clusters?: readonly string[];
  /** Prefixes of region codes; a province names the counties it asks with them. */
  readonly regions?: readonly string[];
}

/** One school's figures in a sealed snapshot, with what the register said of it on the return's day. */
export interface SealedReturn extends SchoolFacts {
  /** Version of the return's stream that the figures stand for. */
  readonly version: number;
  readonly figures: Figures;
}

/** Events of the stream `campaign-<campaign>` (填报任务) in a county's or province's ledger. */
export type CampaignEvent = CampaignOpened | CampaignDeadlineMoved | CampaignClosed | SnapshotSealed;

export interface CampaignOpened {
  readonly type: 'CampaignOpened';
  readonly campaign: string;
  readonly schoolYear: number;
  /** The day the figures speak of, such as 2013-09-01. */
  readonly asOf: string;
  readonly form: FormInForce;
  readonly deadline: string;
  readonly scope: CampaignScope;
  readonly openedAt: 'county' | 'province';
}

export interface CampaignDeadlineMoved {
  readonly type: 'CampaignDeadlineMoved';
  readonly campaign: string;
  readonly schoolYear: number;
  readonly deadline: string;
  readonly reason: string;
}

export interface CampaignClosed {
  readonly type: 'CampaignClosed';
  readonly campaign: string;
  readonly schoolYear: number;
}

/** 封存的数据: frozen for ever. A later correction gives a new snapshot with the next number. */
export interface SnapshotSealed {
  readonly type: 'SnapshotSealed';
  readonly campaign: string;
  readonly schoolYear: number;
  readonly snapshot: number;
  readonly returns: Readonly<Record<string, SealedReturn>>;
  readonly hash: string;
}
