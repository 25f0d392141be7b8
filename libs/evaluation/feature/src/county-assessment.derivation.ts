import type { SchoolFacts } from '@junheng/register-contract';
import type { CampaignScope, Figures } from '@junheng/reporting-contract';
import { assessCounty, type MissingUnit, stageUnits } from '@junheng/standards';
import { derivation, type Read } from '@junheng/views';
import { AdoptedStandard, type AdoptedVersion, versionFor } from './adopted-standard.projection.js';
import { type Basis, CountyAssessmentRow, measuresOf, SchoolAssessmentRow } from './county-assessment.projection.js';
import { CountyCondition, CountyFinding } from './county-finding.projection.js';
import { EvaluatedCounty } from './evaluated-county.projection.js';
import { EvaluatedReturn } from './evaluated-return.projection.js';
import { EvaluatedSchool, schoolOn } from './evaluated-school.projection.js';
import { enrolmentField, EvaluatedYear, SealedYear } from './evaluated-year.projection.js';

interface Group {
  readonly tenant_id: string;
  readonly school_year?: number;
}

/** A school as it is evaluated: what it was on the year's day, and the figures that count, if there are any. */
interface Evaluated {
  readonly facts: SchoolFacts;
  readonly figures: Figures | null;
}

/** Everything of one county and year that does not depend on the standard. */
interface CountyYear {
  readonly year: EvaluatedYear;
  readonly name: string;
  readonly conditions: CountyCondition['values'];
  readonly returns: ReadonlyMap<string, EvaluatedReturn>;
  readonly lastYear: ReadonlyMap<string, EvaluatedReturn>;
  readonly findings: readonly CountyFinding[];
}

/** 县域评估: recomputed whole for a county's school year, from the figures that count there. */
export const countyAssessment = derivation({
  name: 'county-assessment',
  version: 1,
  tables: [CountyAssessmentRow, SchoolAssessmentRow],
  from: [
    EvaluatedCounty,
    EvaluatedSchool,
    EvaluatedYear,
    SealedYear,
    EvaluatedReturn,
    AdoptedStandard,
    CountyFinding,
    CountyCondition,
  ],

  group(row, table): readonly Group[] {
    const { tenant_id } = row;
    if (!('school_year' in row)) return [{ tenant_id }];
    const { school_year } = row;
    // Where a school has not reported, the next year's interval leans on this year's enrolment.
    if (table === EvaluatedReturn) return [school_year, school_year + 1].map((y) => ({ tenant_id, school_year: y }));
    return [{ tenant_id, school_year }];
  },

  async compute({ tenant_id, school_year }, read) {
    const where = school_year === undefined ? { tenant_id } : { tenant_id, school_year };
    const [years, schools, standards, [county]] = await Promise.all([
      read.find(EvaluatedYear, where),
      read.find(EvaluatedSchool, { tenant_id }),
      read.find(AdoptedStandard, { tenant_id }),
      read.find(EvaluatedCounty, { tenant_id }),
    ]);
    const assessed: Assessed[] = [];
    for (const year of years) {
      const countyYear = await readYear(year, county?.name ?? tenant_id, read);
      const bases: (readonly [Basis, readonly Evaluated[]])[] = [['current', current(schools, countyYear)]];
      for (const sealed of await read.find(SealedYear, { tenant_id, school_year: year.school_year })) {
        bases.push([`sealed-${sealed.snapshot}`, frozen(sealed)]);
      }
      for (const adopted of standards) {
        const version = versionFor(year.school_year, adopted);
        if (version)
          for (const [basis, evaluated] of bases) assessed.push(assess(version, basis, evaluated, countyYear));
      }
    }
    return [
      { table: CountyAssessmentRow, rows: assessed.map(({ county }) => county) },
      { table: SchoolAssessmentRow, rows: assessed.flatMap(({ schools }) => schools) },
    ];
  },
});

interface Assessed {
  readonly county: CountyAssessmentRow;
  readonly schools: readonly SchoolAssessmentRow[];
}

async function readYear(year: EvaluatedYear, name: string, read: Read): Promise<CountyYear> {
  const { tenant_id, school_year } = year;
  const [returns, lastYear, findings, [condition]] = await Promise.all([
    read.find(EvaluatedReturn, { tenant_id, school_year }),
    read.find(EvaluatedReturn, { tenant_id, school_year: school_year - 1 }),
    read.find(CountyFinding, { tenant_id, school_year }),
    read.find(CountyCondition, { tenant_id, school_year }),
  ]);
  return {
    year,
    name,
    returns: bySchool(returns),
    lastYear: bySchool(lastYear),
    findings,
    conditions: condition?.values ?? {},
  };
}

const bySchool = (rows: readonly EvaluatedReturn[]) => new Map(rows.map((row) => [row.school_code, row]));

function current(schools: readonly EvaluatedSchool[], { year, returns }: CountyYear): Evaluated[] {
  return schools.flatMap((school) => {
    const facts = schoolOn(year.as_of, school);
    if (!facts || !asked(facts, year.scope)) return [];
    return [{ facts, figures: returns.get(school.school_code)?.approved ?? null }];
  });
}

function frozen({ returns }: SealedYear): Evaluated[] {
  return Object.values(returns).map(({ version: _version, figures, ...facts }) => ({
    facts: { ...facts, openedOn: '' },
    figures,
  }));
}

function asked({ school, schoolType, cluster }: SchoolFacts, { schools, types, clusters }: CampaignScope): boolean {
  return (
    (schools?.includes(school) ?? true) &&
    (types?.includes(schoolType) ?? true) &&
    (clusters === undefined || (cluster !== null && clusters.includes(cluster)))
  );
}

function assess(
  { content: standard, version }: AdoptedVersion,
  basis: Basis,
  evaluated: readonly Evaluated[],
  countyYear: CountyYear,
): Assessed {
  const { year, name, conditions, findings, returns } = countyYear;
  const assessment = assessCounty(
    standard,
    evaluated.flatMap(({ facts, figures }) => (figures ? stageUnits({ ...facts, figures }, standard.split) : [])),
    {
      missing: evaluated.flatMap(({ facts, figures }) => (figures ? [] : missingUnits(facts, countyYear))),
      conditions,
      shortfalls: findings.flatMap(({ school_code: school, items }) => items.map((item) => ({ school, ...item }))),
    },
  );
  const key = { tenant_id: year.tenant_id, school_year: year.school_year, basis, standard: standard.id };
  const { verdict, stages } = assessment;
  const [units, outcomes, gaps] = [
    ofSchools(assessment.units),
    ofSchools(assessment.schools),
    ofSchools(assessment.gaps),
  ] as const;
  return {
    county: {
      ...key,
      version,
      county_name: name,
      verdict,
      borderline: stages.some(({ borderline }) => borderline),
      conditions: assessment.conditions,
      stages,
      measures: measuresOf(stages),
    },
    schools: evaluated.map(({ facts, figures }) => ({
      ...key,
      school_code: facts.school,
      facts,
      reported: figures !== null,
      units: units.get(facts.school) ?? [],
      outcomes: outcomes.get(facts.school) ?? [],
      gaps: gaps.get(facts.school) ?? [],
      conflicts: returns.get(facts.school)?.conflicts ?? {},
    })),
  };
}

function ofSchools<Of extends { readonly school: string }>(all: readonly Of[]): ReadonlyMap<string, readonly Of[]> {
  const found = new Map<string, Of[]>();
  for (const one of all) {
    const own = found.get(one.school);
    if (own) own.push(one);
    else found.set(one.school, [one]);
  }
  return found;
}

/** A school without approved figures: as many pupils as last year, or as few and many as the form expects. */
function missingUnits({ school, stages }: SchoolFacts, { year, lastYear }: CountyYear): MissingUnit[] {
  return stages.flatMap((stage) => {
    const last = lastYear.get(school)?.approved?.[enrolmentField(stage)];
    const pupils = typeof last === 'string' ? { low: last, high: last } : year.enrolments[stage];
    return pupils ? [{ school, stage, pupils }] : [];
  });
}
