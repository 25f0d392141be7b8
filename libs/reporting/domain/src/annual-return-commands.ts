import type { SchoolFacts } from '@junheng/register-contract';
import type { Explanation, Figures, ReturnReason } from '@junheng/reporting-contract';
import type { CampaignState } from './campaign.decider.js';
import type { RawFigure } from './figure.js';

/** What a return's rules must know from outside, looked up by the handler at one moment. */
export interface ReturnContext {
  readonly now: string;
  readonly campaign: CampaignState;
  /** On the campaign's `asOf`; null when the school was not open in this county then. */
  readonly schoolFacts: SchoolFacts | null;
  /** The approved figures of the school year before, empty when there are none. */
  readonly previous: Figures;
}

interface OfReturn {
  readonly school: string;
  readonly schoolYear: number;
  readonly context: ReturnContext;
}

export type AnnualReturnCommand =
  | SaveSection
  | AttachNote
  | SubmitReturn
  | ReturnForCorrection
  | ApproveReturn
  | RequestReopening
  | ApproveReopening
  | DeclineReopening
  | CorrectReturn
  | RecordFigureConflict;

export interface SaveSection extends OfReturn {
  readonly type: 'SaveSection';
  readonly section: string;
  readonly figures: Readonly<Record<string, RawFigure>>;
}

export interface AttachNote extends OfReturn {
  readonly type: 'AttachNote';
  readonly note: string;
  readonly field: string | null;
  readonly text: string;
}

export interface SubmitReturn extends OfReturn {
  readonly type: 'SubmitReturn';
  readonly explanations: readonly Explanation[];
}

export interface ReturnForCorrection extends OfReturn {
  readonly type: 'ReturnForCorrection';
  readonly reasons: readonly ReturnReason[];
  readonly dueOn: string;
}

export interface ApproveReturn extends OfReturn {
  readonly type: 'ApproveReturn';
}

export interface RequestReopening extends OfReturn {
  readonly type: 'RequestReopening';
  readonly reason: string;
  readonly requestedBy: string;
}

export interface ApproveReopening extends OfReturn {
  readonly type: 'ApproveReopening';
  readonly approvedBy: string;
  readonly expiresAt: string;
}

export interface DeclineReopening extends OfReturn {
  readonly type: 'DeclineReopening';
  readonly declinedBy: string;
  readonly reason: string;
}

export interface CorrectReturn extends OfReturn {
  readonly type: 'CorrectReturn';
  readonly figures: Readonly<Record<string, RawFigure>>;
  readonly reason: string;
  /** The version that the caller looked at; refused when another correction came first. */
  readonly supersedes?: number;
}

export interface RecordFigureConflict extends OfReturn {
  readonly type: 'RecordFigureConflict';
  readonly field: string;
  readonly values: readonly { readonly value: RawFigure; readonly source: string }[];
}
