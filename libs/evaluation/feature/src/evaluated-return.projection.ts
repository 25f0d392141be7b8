import { type Folding, view } from '@junheng/views';
import type { AnnualReturnEvent, Figures, SourcedFigure } from '@junheng/reporting-contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What counts of a school's return: the approved figures. Saved drafts touch no row here, and so no county. */
@Entity('evaluated_return')
export class EvaluatedReturn {
  @PrimaryColumn('text') tenant_id!: string;
  @PrimaryColumn('text') school_code!: string;
  @PrimaryColumn('int') school_year!: number;
  @Column('jsonb', { nullable: true }) submitted!: Figures | null;
  @Column('jsonb', { nullable: true }) approved!: Figures | null;
  @Column('jsonb') conflicts!: Readonly<Record<string, readonly SourcedFigure[]>>;
}

type Row = EvaluatedReturn;
type DataOf<Type extends AnnualReturnEvent['type']> = Omit<Extract<AnnualReturnEvent, { type: Type }>, 'type'>;

function change<Data extends { readonly school: string; readonly schoolYear: number }>(
  next: (data: Data, row: Pick<Row, 'submitted' | 'approved' | 'conflicts'>) => Partial<Row>,
): Folding<Row, Data> {
  return {
    keys: ({ tenant, data }) => [{ tenant_id: tenant, school_code: data.school, school_year: data.schoolYear }],
    fold: (row = { submitted: null, approved: null, conflicts: {} } as unknown as Row, { data }, key) => ({
      ...row,
      ...key,
      ...next(data, row),
    }),
  };
}

export const evaluatedReturnView = view<EvaluatedReturn, AnnualReturnEvent>(EvaluatedReturn, {
  name: 'evaluated-return',
  version: 1,
  on: {
    ReturnSubmitted: change<DataOf<'ReturnSubmitted'>>(({ figures }) => ({ submitted: figures })),
    ReturnApproved: change<DataOf<'ReturnApproved'>>((_data, { submitted }) => ({ approved: submitted })),
    ReturnCorrected: change<DataOf<'ReturnCorrected'>>(({ figures }, { approved, submitted }) => ({
      approved: { ...(approved ?? submitted), ...figures },
      submitted: { ...(approved ?? submitted), ...figures },
    })),
    FigureConflictRecorded: change<DataOf<'FigureConflictRecorded'>>(({ field, values }, { conflicts }) => ({
      conflicts: { ...conflicts, [field]: values },
    })),
  },
});
