import { assessCounty, type EvaluatedStage, evaluatedStages, type MissingUnit, stageUnits } from '@junheng/standards';
import { derivation, type Read } from '@junheng/views';
import { AdoptedStandard, type AdoptedVersion, versionFor } from './adopted-standard.projection.js';
import { type Basis, CountyAssessmentRow, measuresOf, SchoolAssessmentRow } from './county-assessment.projection.js';
import { CountyCondition, CountyFinding } from './county-finding.projection.js';
import { basesOf, basisOf, type Evaluated, type EvaluatedBasis } from './evaluated-basis.js';
import { EvaluatedCounty } from './evaluated-county.projection.js';
import { EvaluatedReturn } from './evaluated-return.projection.js';
import { EvaluatedSchool } from './evaluated-school.projection.js';
import { EvaluatedYear, SealedYear } from './evaluated-year.projection.js';

interface Group {
  readonly tenant_id: string;
  readonly school_year?: number;
  readonly basis?: Basis;
}

/** 县域评估: recomputed whole for a county's school year and basis, from the figures that count there. */
export const countyAssessment = derivation({
  name: 'county-assessment',
  version: 2,
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

  // What is told of a school after a seal is not in it, so returns and findings touch the current basis alone.
  group(row): readonly Group[] {
    const { tenant_id } = row;
    if (!('school_year' in row)) return [{ tenant_id }];
    const { school_year } = row;
    if ('snapshot' in row) return [{ tenant_id, school_year, basis: basisOf(row) }];
    if ('items' in row) return [{ tenant_id, school_year, basis: 'current' }];
    if (!('approved' in row)) return [{ tenant_id, school_year }];
    if (row.approved === null && row.conflicts.length === 0) return [];
    // Where a school has not reported, the next year's interval leans on this year's enrolment.
    return [school_year, school_year + 1].map((year) => ({ tenant_id, school_year: year, basis: 'current' }));
  },

  async compute({ tenant_id, school_year, basis }, read) {
    const years = await read.find(
      EvaluatedYear,
      school_year === undefined ? { tenant_id } : { tenant_id, school_year },
    );
    const assessed = (await Promise.all(years.map((year) => assessYear(year, basis, read)))).flat();
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

interface CountyYear {
  readonly year: EvaluatedYear;
  readonly name: string;
  readonly conditions: CountyCondition['values'];
}

async function assessYear(year: EvaluatedYear, only: Basis | undefined, read: Read): Promise<Assessed[]> {
  const { tenant_id, school_year } = year;
  const [standards, [county], [condition], bases] = await Promise.all([
    read.find(AdoptedStandard, { tenant_id }),
    read.find(EvaluatedCounty, { tenant_id }),
    read.find(CountyCondition, { tenant_id, school_year }),
    basesOf(year, only, read),
  ]);
  const countyYear = { year, name: county?.name ?? tenant_id, conditions: condition?.values ?? {} };
  return standards
    .flatMap((adopted) => versionFor(school_year, adopted) ?? [])
    .flatMap((version) => bases.map((basis) => assess(version, basis, countyYear)));
}

function assess(
  { content: standard, version }: AdoptedVersion,
  { basis, schools: evaluated }: EvaluatedBasis,
  { year, name, conditions }: CountyYear,
): Assessed {
  const assessment = assessCounty(
    standard,
    evaluated.flatMap(({ facts, figures }) => (figures ? stageUnits({ ...facts, figures }, standard.split) : [])),
    {
      missing: evaluated.flatMap((school) => (school.figures ? [] : missingUnits(school, standard.balance))),
      conditions,
      shortfalls: evaluated.flatMap(({ facts: { school }, found }) =>
        found.map(({ position: _position, ...item }) => ({ school, ...item })),
      ),
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
    schools: evaluated.map(({ facts, figures, conflicts }) => ({
      ...key,
      school_code: facts.school,
      facts,
      reported: figures !== null,
      units: units.get(facts.school) ?? [],
      outcomes: outcomes.get(facts.school) ?? [],
      gaps: gaps.get(facts.school) ?? [],
      conflicts,
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

const UNCOMPARED = { low: '0', high: '0' };

/** A school without approved figures: as many pupils as last year, or as few and many as the standard takes for likely. */
function missingUnits(
  { facts: { school, schoolType, sponsor, stages }, lastYear }: Evaluated,
  balance: Parameters<typeof assessCounty>[0]['balance'],
): MissingUnit[] {
  return stages.filter(isEvaluated).map((stage) => {
    const last = lastYear[stage];
    const pupils = last === undefined ? (balance?.plausiblePupils ?? UNCOMPARED) : { low: last, high: last };
    return { school, schoolType, sponsor, stage, pupils };
  });
}

const isEvaluated = (stage: MissingUnit['stage']): stage is EvaluatedStage =>
  (evaluatedStages as readonly string[]).includes(stage);
