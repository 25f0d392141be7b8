import { type Folding, view } from '@junheng/views';
import type { Stage } from '@junheng/register-contract';
import type { AnnualReturnEvent, FigureConflictRecorded, Figures } from '@junheng/reporting-contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { lastTold, type Told } from './told-until.js';

/** Pupils of each stage, as approved figures gave them at a position. */
export interface ApprovedEnrolment extends Told {
  readonly pupils: Partial<Record<Stage, string>>;
}

export type RecordedConflict = Pick<FigureConflictRecorded, 'field' | 'values'> & Told;

/** What counts of a school's return: the approved figures. Saved drafts touch no row here, and so no county. */
@Entity('evaluated_return')
export class EvaluatedReturn {
  @PrimaryColumn('text') tenant_id!: string;
  @PrimaryColumn('text') school_code!: string;
  @PrimaryColumn('int') school_year!: number;
  /** Until it is approved: then it would only say again what `approved` says. */
  @Column('jsonb', { nullable: true }) submitted!: Figures | null;
  @Column('jsonb', { nullable: true }) approved!: Figures | null;
  /** With its history: an interval that was sealed leans on what was known of last year's pupils then. */
  @Column('jsonb') enrolments!: readonly ApprovedEnrolment[];
  @Column('jsonb') conflicts!: readonly RecordedConflict[];
}

type Kept = Pick<EvaluatedReturn, 'submitted' | 'approved' | 'enrolments' | 'conflicts'>;
type DataOf<Type extends AnnualReturnEvent['type']> = Omit<Extract<AnnualReturnEvent, { type: Type }>, 'type'>;

const nothing: Kept = { submitted: null, approved: null, enrolments: [], conflicts: [] };

function change<Data extends { readonly school: string; readonly schoolYear: number }>(
  next: (data: Data, row: Kept, position: number) => Partial<Kept>,
): Folding<EvaluatedReturn, Data> {
  return {
    keys: ({ tenant, data }) => [{ tenant_id: tenant, school_code: data.school, school_year: data.schoolYear }],
    fold: (row, { data, position }, key) => ({ ...nothing, ...row, ...key, ...next(data, row ?? nothing, position) }),
  };
}

export const evaluatedReturnView = view<EvaluatedReturn, AnnualReturnEvent>(EvaluatedReturn, {
  name: 'evaluated-return',
  version: 3,
  on: {
    ReturnSubmitted: change<DataOf<'ReturnSubmitted'>>(({ figures }) => ({ submitted: figures })),
    ReturnApproved: change<DataOf<'ReturnApproved'>>((_data, row, position) =>
      row.submitted ? { ...approval(row.submitted, row, position), submitted: null } : {},
    ),
    ReturnCorrected: change<DataOf<'ReturnCorrected'>>(({ figures }, row, position) =>
      approval({ ...row.approved, ...figures }, row, position),
    ),
    FigureConflictRecorded: change<DataOf<'FigureConflictRecorded'>>(({ field, values }, { conflicts }, position) => ({
      conflicts: [...conflicts, { position, field, values }],
    })),
  },
});

const ENROLMENT_FIELDS: Readonly<Record<Stage, string>> = { primary: 'p_enrol', junior: 'j_enrol', senior: 's_enrol' };

function approval(approved: Figures, { enrolments }: Kept, position: number): Partial<Kept> {
  const pupils = Object.fromEntries(
    Object.entries(ENROLMENT_FIELDS).flatMap(([stage, field]) => {
      const figure = approved[field];
      return typeof figure === 'string' ? [[stage, figure]] : [];
    }),
  );
  return { approved, enrolments: [...enrolments, { position, pupils }] };
}

/** A stage's pupils as far as the ledger had been told up to a position. */
export function pupilsOf(stage: Stage, until: number, row: Pick<EvaluatedReturn, 'enrolments'> | undefined) {
  return row?.enrolments.findLast(({ position }) => position <= until)?.pupils[stage];
}

export function conflictsOf(until: number, row: EvaluatedReturn | undefined) {
  const last = lastTold(row?.conflicts ?? [], ({ field }) => field, until);
  return Object.fromEntries(last.map(({ field, values }) => [field, values]));
}
