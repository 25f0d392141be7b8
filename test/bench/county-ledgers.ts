import { annualReturnForm } from '@junheng/reporting-domain';
import { cnBasic2012 } from '@junheng/standards';
import type { ClientBase } from 'pg';

/**
 * Ledgers of made-up counties, written past the store because only reading them is measured.
 * A county: 50 nine-year schools and, for each of three years, a campaign and 14 events for each school's return: 8 saved
 * sections, 4 small corrections, a submission with every figure, an approval.
 */
export async function fillLedgers(owner: ClientBase, events: number): Promise<void> {
  const county = aCounty();
  for (let index = 0, left = events; left > 0; index++, left -= county.length) {
    const tenant = String(100_000 + index);
    const some = county.slice(0, left);
    await owner.query(`INSERT INTO ledger.tenant (tenant_id, head) VALUES ($1, $2)`, [tenant, some.length]);
    const lines = some.map(({ type, ...data }) => `${type}\t${JSON.stringify(data)}`).join('\n');
    await owner.query(FILL, [tenant, lines.replaceAll(COUNTY, tenant)]);
  }
  await owner.query('VACUUM ANALYZE ledger.event');
}

interface Fact {
  readonly type: string;
  readonly [name: string]: unknown;
}

const COUNTY = '999999';
const SCHOOLS = 50;
const YEARS = [2013, 2014, 2015];

const school = (number: number) => `${COUNTY}${String(number).padStart(4, '0')}`;
const schools = Array.from({ length: SCHOOLS }, (_, index) => index + 1);

function aCounty(): Fact[] {
  const { id: standard } = cnBasic2012;
  return [
    { type: 'RegionRegistered', code: COUNTY, name: '某县', kind: 'county', parent: null, validFrom: '1949-10-01' },
    {
      type: 'StandardAdopted',
      standard,
      version: '1',
      hash: 'a'.repeat(64),
      content: cnBasic2012,
      fromSchoolYear: 2013,
    },
    ...schools.map((number) => ({
      type: 'SchoolRegistered',
      school: school(number),
      name: `第${number}学校`,
      schoolType: 'nine-year',
      sponsor: 'county',
      setting: 'town',
      cluster: null,
      stages: ['primary', 'junior'],
      openedOn: '1985-09-01',
    })),
    ...YEARS.flatMap(aYear),
  ];
}

/** All schools of a county save a section before the next one comes. */
function aYear(schoolYear: number): Fact[] {
  const form = {
    id: annualReturnForm.id,
    version: annualReturnForm.version,
    hash: 'b'.repeat(64),
    content: annualReturnForm,
  };
  const opened = {
    type: 'CampaignOpened',
    campaign: `annual-${schoolYear}`,
    schoolYear,
    asOf: `${schoolYear}-09-01`,
    form,
    deadline: `${schoolYear}-09-20T10:00:00.000Z`,
    scope: {},
    openedAt: 'county',
  };
  const byAll = (fact: (number: number) => Fact) =>
    schools.map((number) => ({ ...fact(number), school: school(number), schoolYear }));
  const corrections = ['p_enrol', 'j_enrol', 'books', 'computers'];
  return [
    opened,
    ...annualReturnForm.sections.flatMap(({ id: section, fields }) => {
      const ids = new Set(fields.map(({ id }) => id));
      const own = (number: number) => Object.fromEntries(Object.entries(figures(number)).filter(([id]) => ids.has(id)));
      return byAll((number) => ({ type: 'ReturnSectionSaved', section, figures: own(number) }));
    }),
    ...corrections.flatMap((field) =>
      byAll((number) => ({
        type: 'ReturnSectionSaved',
        section: 'pupils',
        figures: { [field]: figures(number)[field] },
      })),
    ),
    ...byAll((number) => ({
      type: 'ReturnSubmitted',
      stages: ['primary', 'junior'],
      figures: figures(number),
      explanations: [],
      findings: [],
    })),
    ...byAll(() => ({ type: 'ReturnApproved' })),
  ];
}

function figures(number: number): Record<string, unknown> {
  const fields = annualReturnForm.sections.flatMap((section) => section.fields);
  const asked = fields.filter(({ stages }) => !stages || stages.some((stage) => stage !== 'senior'));
  return Object.fromEntries(
    asked.map(({ id, kind }, index) => {
      if (kind === 'list') return [id, ['45', '44', '43', '45', '41', '45']];
      if (kind === 'flag') return [id, true];
      if (kind === 'year') return [id, '1985'];
      if (kind === 'text') return [id, '无'];
      return [id, kind === 'decimal' ? `${900 + number * 7 + index}.25` : String(300 + number * 3 + index)];
    }),
  );
}

const FILL = `
  INSERT INTO ledger.event (tenant_id, position, stream_id, version, type, type_version, data, meta, command_id,
                            recorded_at, leaf_hash)
  SELECT $1, position, 'bench-' || position, 1, split_part(line, E'\\t', 1), 1, split_part(line, E'\\t', 2)::jsonb,
         '{"actor":"7f2d1c1e-5a43-4a51-9a0c-0d3f7f6f2b11","role":"school-reporter","correlationId":"0192f0c1-7c7e-7cc1"}',
         gen_random_uuid()::text, timestamptz '2013-09-01 00:00:00Z' + position * interval '1 second',
         sha256(position::text::bytea)
  FROM string_to_table($2, E'\\n') WITH ORDINALITY AS given(line, position)`;
