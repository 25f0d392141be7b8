import { type Folding, view } from '@junheng/views';
import type { Stage } from '@junheng/register-contract';
import type {
  AnnualReturnEvent,
  Explanation,
  Figures,
  Finding,
  ReturnReason,
  SourcedFigure,
} from '@junheng/reporting-contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReturnStatus } from './reporting.enums.js';

export interface ReturnNote {
  readonly note: string;
  readonly field: string | null;
  readonly text: string;
  readonly role: string;
  readonly at: string;
}

/** Who asked whom stays in the ledger; the row keeps what the school and the county must see. */
export type RowReopening =
  | { readonly status: 'requested'; readonly reason: string; readonly requestedBy: string }
  | { readonly status: 'granted'; readonly reason: string; readonly expiresAt: string };

/** 年报 of one school and school year, as it stands. */
@Entity('annual_return')
export class AnnualReturn {
  @PrimaryColumn('text') tenant_id!: string;
  @PrimaryColumn('text') school_code!: string;
  @PrimaryColumn('int') school_year!: number;
  @Column('text') status!: Exclude<ReturnStatus, 'missing'>;
  @Column('int') version!: number;
  @Column('jsonb', { nullable: true }) stages!: readonly Stage[] | null;
  @Column('jsonb') figures!: Figures;
  @Column('jsonb', { nullable: true }) submitted!: Figures | null;
  @Column('jsonb', { nullable: true }) approved!: Figures | null;
  @Column('int', { nullable: true }) approved_version!: number | null;
  @Column('jsonb') findings!: readonly Finding[];
  @Column('jsonb') explanations!: readonly Explanation[];
  @Column('jsonb') notes!: readonly ReturnNote[];
  @Column('jsonb') reasons!: readonly ReturnReason[];
  @Column('date', { nullable: true }) due_on!: string | null;
  @Column('jsonb', { nullable: true }) reopening!: RowReopening | null;
  @Column('jsonb') conflicts!: Readonly<Record<string, readonly SourcedFigure[]>>;
  @Column('text') last_role!: string;
  @Column('text') changed_at!: string;
}

type Row = AnnualReturn;
type DataOf<Type extends AnnualReturnEvent['type']> = Omit<Extract<AnnualReturnEvent, { type: Type }>, 'type'>;
interface Told {
  readonly version: number;
  readonly role: string;
  readonly at: string;
}

const unreported = {
  status: 'draft',
  stages: null,
  figures: {},
  submitted: null,
  approved: null,
  approved_version: null,
  findings: [],
  explanations: [],
  notes: [],
  reasons: [],
  due_on: null,
  reopening: null,
  conflicts: {},
} as unknown as Row;

function change<Data extends { readonly school: string; readonly schoolYear: number }>(
  next: (data: Data, row: Row, told: Told) => Partial<Row>,
): Folding<Row, Data> {
  return {
    keys: ({ tenant, data }) => [{ tenant_id: tenant, school_code: data.school, school_year: data.schoolYear }],
    fold: (row = unreported, { data, version, meta: { role }, recordedAt: at }) => ({
      ...row,
      ...next(data, row, { version, role, at }),
      version,
      last_role: role,
      changed_at: at,
    }),
  };
}

export const annualReturnView = view<AnnualReturn, AnnualReturnEvent>(AnnualReturn, {
  name: 'annual-return',
  version: 1,
  on: {
    ReturnSectionSaved: change<DataOf<'ReturnSectionSaved'>>(({ figures }, row) => ({
      status: row.status === 'returned' ? 'returned' : 'draft',
      figures: { ...row.figures, ...figures },
    })),
    ReturnNoteAttached: change<DataOf<'ReturnNoteAttached'>>(({ note, field, text }, { notes }, { role, at }) => ({
      notes: [...notes, { note, field, text, role, at }],
    })),
    ReturnSubmitted: change<DataOf<'ReturnSubmitted'>>(({ stages, figures, explanations, findings }) => ({
      status: 'submitted',
      stages,
      figures,
      submitted: figures,
      explanations,
      findings,
      due_on: null,
    })),
    ReturnReturned: change<DataOf<'ReturnReturned'>>(({ reasons, dueOn }) => ({
      status: 'returned',
      reasons,
      due_on: dueOn,
    })),
    ReturnApproved: change<DataOf<'ReturnApproved'>>((_data, { submitted }, { version }) => ({
      status: 'approved',
      approved: submitted,
      approved_version: version,
      reasons: [],
      reopening: null,
    })),
    ReopeningRequested: change<DataOf<'ReopeningRequested'>>(({ reason, requestedBy }) => ({
      reopening: { status: 'requested', reason, requestedBy },
    })),
    ReopeningApproved: change<DataOf<'ReopeningApproved'>>(({ expiresAt }, { reopening }) => ({
      reopening: { status: 'granted', reason: reopening?.reason ?? '', expiresAt },
    })),
    ReopeningDeclined: change<DataOf<'ReopeningDeclined'>>(() => ({ reopening: null })),
    ReturnCorrected: change<DataOf<'ReturnCorrected'>>(({ figures }, row, { version }) => ({
      figures: { ...row.figures, ...figures },
      submitted: { ...row.submitted, ...figures },
      approved: { ...row.approved, ...figures },
      approved_version: version,
    })),
    FigureConflictRecorded: change<DataOf<'FigureConflictRecorded'>>(({ field, values }, { conflicts }) => ({
      conflicts: { ...conflicts, [field]: values },
    })),
  },
});
