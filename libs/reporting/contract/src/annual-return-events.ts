import type { Stage } from '@junheng/register-contract';
import type { Figure, Figures } from './figures.js';
import type { Finding } from './form.js';

/** Events of the stream `annualReturn-<school>-<schoolYear>` (年报). */
export type AnnualReturnEvent =
  | ReturnSectionSaved
  | ReturnNoteAttached
  | ReturnSubmitted
  | ReturnReturned
  | ReturnApproved
  | ReopeningRequested
  | ReopeningApproved
  | ReopeningDeclined
  | ReturnCorrected
  | FigureConflictRecorded;

interface OfReturn {
  readonly school: string;
  readonly schoolYear: number;
}

/** Carries only the figures that changed. */
export interface ReturnSectionSaved extends OfReturn {
  readonly type: 'ReturnSectionSaved';
  readonly section: string;
  readonly figures: Figures;
}

export interface ReturnNoteAttached extends OfReturn {
  readonly type: 'ReturnNoteAttached';
  readonly note: string;
  readonly field: string | null;
  readonly text: string;
}

/** Why a finding, or an unknown figure, is right as it stands. */
export interface Explanation {
  readonly check: string;
  readonly field: string | null;
  readonly text: string;
}

/** Carries the whole return: what is counted once it is approved. */
export interface ReturnSubmitted extends OfReturn {
  readonly type: 'ReturnSubmitted';
  readonly stages: readonly Stage[];
  readonly figures: Figures;
  readonly explanations: readonly Explanation[];
  readonly findings: readonly Finding[];
}

export interface ReturnReason {
  readonly field: string;
  readonly code: string;
  readonly text: string;
}

export interface ReturnReturned extends OfReturn {
  readonly type: 'ReturnReturned';
  readonly reasons: readonly ReturnReason[];
  /** Last day (Beijing time) on which the school may still change the return. */
  readonly dueOn: string;
}

export interface ReturnApproved extends OfReturn {
  readonly type: 'ReturnApproved';
}

export interface ReopeningRequested extends OfReturn {
  readonly type: 'ReopeningRequested';
  readonly reason: string;
  readonly requestedBy: string;
}

/** The return can be changed until `expiresAt`; nothing needs to happen for the lock to come back. */
export interface ReopeningApproved extends OfReturn {
  readonly type: 'ReopeningApproved';
  readonly approvedBy: string;
  readonly expiresAt: string;
}

export interface ReopeningDeclined extends OfReturn {
  readonly type: 'ReopeningDeclined';
  readonly declinedBy: string;
  readonly reason: string;
}

/** Replaces figures of the approved return. `supersedes` is the stream version that held them. */
export interface ReturnCorrected extends OfReturn {
  readonly type: 'ReturnCorrected';
  readonly figures: Figures;
  readonly reason: string;
  readonly supersedes: number;
}

export interface SourcedFigure {
  readonly value: Figure;
  readonly source: string;
}

/** Several sources name different figures for one fact: shown side by side, none is dropped. */
export interface FigureConflictRecorded extends OfReturn {
  readonly type: 'FigureConflictRecorded';
  readonly field: string;
  readonly values: readonly SourcedFigure[];
}
