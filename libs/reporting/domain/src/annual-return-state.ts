import type { AnnualReturnEvent, Figure, Figures, SourcedFigure } from '@junheng/reporting-contract';

export interface AnnualReturnState {
  readonly version: number;
  readonly status: 'draft' | 'submitted' | 'returned' | 'approved';
  /** What was last submitted or corrected, whole; shared with the event, so that folding copies nothing. */
  readonly base: Figures;
  /** What was saved since, by section: saving one section copies that section only. */
  readonly changed: Readonly<Record<string, Figures>>;
  /** What counts for the county, and the version of this stream that said so. */
  readonly approved: { readonly version: number; readonly figures: Figures } | null;
  readonly dueOn: string | null;
  readonly reopening:
    | { readonly status: 'requested'; readonly requestedBy: string; readonly reason: string }
    | { readonly status: 'granted'; readonly expiresAt: string }
    | null;
  readonly notes: Readonly<Record<string, string>>;
  readonly conflicts: Readonly<Record<string, readonly SourcedFigure[]>>;
}

export const emptyReturn: AnnualReturnState = {
  version: 0,
  status: 'draft',
  base: {},
  changed: {},
  approved: null,
  dueOn: null,
  reopening: null,
  notes: {},
  conflicts: {},
};

export function evolveReturn(before: AnnualReturnState, event: AnnualReturnEvent): AnnualReturnState {
  const version = before.version + 1;
  const state = { ...before, version };
  switch (event.type) {
    case 'ReturnSectionSaved': {
      const section = { ...state.changed[event.section], ...event.figures };
      const status = state.status === 'returned' ? 'returned' : 'draft';
      return { ...state, status, changed: { ...state.changed, [event.section]: section } };
    }
    case 'ReturnNoteAttached':
      return { ...state, notes: { ...state.notes, [event.note]: event.text } };
    case 'ReturnSubmitted':
      return { ...state, status: 'submitted', base: event.figures, changed: {}, dueOn: null };
    case 'ReturnReturned':
      return { ...state, status: 'returned', dueOn: event.dueOn };
    case 'ReturnApproved':
      return { ...state, status: 'approved', approved: { version, figures: state.base }, reopening: null };
    case 'ReopeningRequested': {
      const { requestedBy, reason } = event;
      return { ...state, reopening: { status: 'requested', requestedBy, reason } };
    }
    case 'ReopeningApproved':
      return { ...state, reopening: { status: 'granted', expiresAt: event.expiresAt } };
    case 'ReopeningDeclined':
      return { ...state, reopening: null };
    case 'ReturnCorrected':
      return {
        ...state,
        base: { ...enteredFigures(state), ...event.figures },
        changed: {},
        approved: { version, figures: { ...state.approved?.figures, ...event.figures } },
      };
    case 'FigureConflictRecorded':
      return { ...state, conflicts: { ...state.conflicts, [event.field]: event.values } };
  }
}

export function enteredFigure(
  { base, changed }: AnnualReturnState,
  section: string,
  field: string,
): Figure | undefined {
  const saved = changed[section]?.[field];
  return saved === undefined ? base[field] : saved;
}

/** The return as the school sees it: what was submitted with what was saved on top. */
export function enteredFigures({ base, changed }: AnnualReturnState): Figures {
  return Object.assign({}, base, ...Object.values(changed)) as Figures;
}
