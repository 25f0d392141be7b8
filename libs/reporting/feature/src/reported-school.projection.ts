import { view } from '@junheng/views';
import type { SchoolEvent } from '@junheng/register-contract';
import { schoolHistory, type SchoolHistory } from '@junheng/reporting-domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a campaign must know of a school: what the register said of it, day by day. */
@Entity('reported_school')
export class ReportedSchool {
  @PrimaryColumn('text') tenant_id!: string;
  @PrimaryColumn('text') school_code!: string;
  @Column('jsonb') history!: SchoolHistory;
}

const folding = (type: SchoolEvent['type']) => ({
  keys: ({ tenant, data }: { readonly tenant: string; readonly data: { readonly school: string } }) => [
    { tenant_id: tenant, school_code: data.school },
  ],
  fold: (row: ReportedSchool | undefined, { data }: { readonly data: object }) => ({
    history: schoolHistory.evolve(row?.history ?? [], { ...data, type } as SchoolEvent),
  }),
});

export const reportedSchoolView = view<ReportedSchool, SchoolEvent>(ReportedSchool, {
  name: 'reported-school',
  version: 1,
  on: {
    SchoolRegistered: folding('SchoolRegistered'),
    SchoolRenamed: folding('SchoolRenamed'),
    SchoolReclassified: folding('SchoolReclassified'),
    SchoolAssignedToCluster: folding('SchoolAssignedToCluster'),
    SchoolAbsorbed: folding('SchoolAbsorbed'),
    SchoolEnlarged: folding('SchoolEnlarged'),
    SchoolSplit: folding('SchoolSplit'),
    SchoolMovedOut: folding('SchoolMovedOut'),
    SchoolMovedIn: folding('SchoolMovedIn'),
    SchoolClosed: folding('SchoolClosed'),
    SchoolReopened: folding('SchoolReopened'),
  },
});
