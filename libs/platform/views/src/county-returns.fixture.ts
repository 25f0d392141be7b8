import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { derivation, view } from './view.js';
import { ViewCatalogue } from './view-catalogue.js';

/** A small read side for the specs of this lib: returns of schools, and what they come to for a county. */
export type ReturnEvent =
  | { type: 'FiguresSaved'; school: string; schoolYear: number; figures: Record<string, string | null> }
  | { type: 'ReturnApproved'; school: string; schoolYear: number }
  | { type: 'ReturnWithdrawn'; school: string; schoolYear: number }
  | { type: 'CampaignOpened'; schoolYear: number; deadline: string };

@Entity('school_return')
@Index(['tenant_id', 'status'])
export class SchoolReturn {
  @PrimaryColumn('text') tenant_id!: string;
  @PrimaryColumn('text') school_code!: string;
  @PrimaryColumn('int') school_year!: number;
  @Column('text') status!: string;
  @Column('int') saves!: number;
  @Column('jsonb') figures!: Record<string, string | null>;
  @Column('text', { nullable: true }) saved_at!: string | null;
}

@Entity('open_campaign')
export class OpenCampaign {
  @PrimaryColumn('text') tenant_id!: string;
  @PrimaryColumn('int') school_year!: number;
  @Column('date') deadline!: string;
}

@Entity('county_total')
export class CountyTotal {
  @PrimaryColumn('text') tenant_id!: string;
  @PrimaryColumn('int') school_year!: number;
  @Column('int') approved!: number;
  @Column('numeric') pupils!: string;
}

type Key = Pick<SchoolReturn, 'tenant_id' | 'school_code' | 'school_year'>;

const keys = (event: { tenant: string; data: { school: string; schoolYear: number } }): Key[] => [
  { tenant_id: event.tenant, school_code: event.data.school, school_year: event.data.schoolYear },
];

export const schoolReturns = view<SchoolReturn, ReturnEvent>(SchoolReturn, {
  name: 'school-return',
  version: 1,
  on: {
    FiguresSaved: {
      keys,
      fold: (row, { data, recordedAt }, key) => ({
        ...key,
        status: 'draft',
        saves: (row?.saves ?? 0) + 1,
        figures: { ...row?.figures, ...data.figures },
        saved_at: recordedAt,
      }),
    },
    ReturnApproved: { keys, fold: (row) => row && { ...row, status: 'approved' } },
    ReturnWithdrawn: { keys, fold: () => undefined },
  },
});

export const openCampaigns = view<OpenCampaign, ReturnEvent>(OpenCampaign, {
  name: 'open-campaign',
  version: 1,
  visibleToSchools: true,
  on: {
    CampaignOpened: {
      keys: ({ tenant, data }) => [{ tenant_id: tenant, school_year: data.schoolYear }],
      fold: (_, { data }) => ({ deadline: data.deadline }),
    },
  },
});

export const countyTotals = derivation({
  name: 'county-total',
  version: 1,
  tables: [CountyTotal],
  from: [SchoolReturn],
  group: ({ tenant_id, school_year, status }) => (status === 'approved' ? { tenant_id, school_year } : undefined),
  async compute(group, read) {
    const approved = await read.find(SchoolReturn, { ...group, status: 'approved' });
    const pupils = approved.reduce((sum, { figures }) => sum + BigInt(figures['p_enrol'] ?? 0), 0n);
    const total = { ...group, approved: approved.length, pupils: pupils.toString() };
    return [{ table: CountyTotal, rows: approved.length > 0 ? [total] : [] }];
  },
});

export const countyReturns = new ViewCatalogue([schoolReturns, openCampaigns, countyTotals]);

export const saved = (school: string, p_enrol: string, schoolYear = 2013): ReturnEvent => ({
  type: 'FiguresSaved',
  school,
  schoolYear,
  figures: { p_enrol },
});
export const approved = (school: string, schoolYear = 2013): ReturnEvent => ({
  type: 'ReturnApproved',
  school,
  schoolYear,
});
export const withdrawn = (school: string, schoolYear = 2013): ReturnEvent => ({
  type: 'ReturnWithdrawn',
  school,
  schoolYear,
});
export const opened = (schoolYear = 2013): ReturnEvent => ({
  type: 'CampaignOpened',
  schoolYear,
  deadline: `${schoolYear}-10-31`,
});
