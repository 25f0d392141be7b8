import { type Folding, view } from '@junheng/views';
import type { AnnualReturnEvent } from '@junheng/reporting-contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReturnStatus } from './reporting.enums.js';

/** How far a return has come, without its figures: all that a campaign's progress is counted from. */
@Entity('return_standing')
export class ReturnStanding {
  @PrimaryColumn('text') tenant_id!: string;
  @PrimaryColumn('text') school_code!: string;
  @PrimaryColumn('int') school_year!: number;
  @Column('text') status!: Exclude<ReturnStatus, 'missing'>;
  /** Some figures of it count, though it may have been reopened since. */
  @Column('boolean') counted!: boolean;
}

type Row = ReturnStanding;
interface OfReturn {
  readonly school: string;
  readonly schoolYear: number;
}

const becomes = (next: (row: Row | undefined) => Pick<Row, 'status' | 'counted'>): Folding<Row, OfReturn> => ({
  keys: ({ tenant, data }) => [{ tenant_id: tenant, school_code: data.school, school_year: data.schoolYear }],
  fold: next,
});

export const returnStandingView = view<ReturnStanding, AnnualReturnEvent>(ReturnStanding, {
  name: 'return-standing',
  version: 1,
  on: {
    ReturnSectionSaved: becomes((row) => ({
      status: row?.status === 'returned' ? 'returned' : 'draft',
      counted: row?.counted ?? false,
    })),
    ReturnSubmitted: becomes((row) => ({ status: 'submitted', counted: row?.counted ?? false })),
    ReturnReturned: becomes((row) => ({ status: 'returned', counted: row?.counted ?? false })),
    ReturnApproved: becomes(() => ({ status: 'approved', counted: true })),
  },
});
