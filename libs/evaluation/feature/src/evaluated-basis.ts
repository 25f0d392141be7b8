import type { SchoolFacts } from '@junheng/register-contract';
import type { Figures, SourcedFigure } from '@junheng/reporting-contract';
import type { Read } from '@junheng/views';
import type { Basis } from './county-assessment.projection.js';
import { CountyFinding, type FoundItem } from './county-finding.projection.js';
import { conflictsOf, EvaluatedReturn, pupilsOf } from './evaluated-return.projection.js';
import { EvaluatedSchool, schoolOn } from './evaluated-school.projection.js';
import { type EvaluatedYear, SealedYear } from './evaluated-year.projection.js';
import { lastTold, NOW } from './told-until.js';

/** A school as it is evaluated: what it was on the year's day, and what is known of it. */
export interface Evaluated {
  readonly facts: SchoolFacts;
  /** The figures that count; `null` when none had been approved. */
  readonly figures: Figures | null;
  readonly lastYear: Readonly<Partial<Record<SchoolFacts['stages'][number], string>>>;
  readonly conflicts: Readonly<Record<string, readonly SourcedFigure[]>>;
  readonly found: readonly FoundItem[];
}

/** The schools of a county by one state of knowledge: today's, or that of the moment of a seal. */
export interface EvaluatedBasis {
  readonly basis: Basis;
  readonly schools: readonly Evaluated[];
}

interface Known {
  readonly schools: readonly EvaluatedSchool[];
  readonly returns: ReadonlyMap<string, EvaluatedReturn>;
  readonly lastYear: ReadonlyMap<string, Pick<EvaluatedReturn, 'school_code' | 'enrolments'>>;
  readonly findings: ReadonlyMap<string, CountyFinding>;
}

/** One basis of a year, or all of them. */
export async function basesOf(year: EvaluatedYear, only: Basis | undefined, read: Read): Promise<EvaluatedBasis[]> {
  const { tenant_id, school_year } = year;
  const [schools, returns, lastYear, findings, seals] = await Promise.all([
    read.find(EvaluatedSchool, { tenant_id }),
    read.find(EvaluatedReturn, { tenant_id, school_year }),
    read.find(EvaluatedReturn, { tenant_id, school_year: school_year - 1 }, ['school_code', 'enrolments']),
    read.find(CountyFinding, { tenant_id, school_year }),
    only === 'current' ? [] : read.find(SealedYear, { tenant_id, school_year }),
  ]);
  const known = { schools, returns: bySchool(returns), lastYear: bySchool(lastYear), findings: bySchool(findings) };
  const bases = seals.map((seal) => ({ basis: basisOf(seal), schools: sealed(seal, year, known) }));
  const current = { basis: 'current', schools: evaluated(year, NOW, known) } as const;
  return [current, ...bases].filter(({ basis }) => only === undefined || only === basis);
}

export const basisOf = ({ snapshot }: Pick<SealedYear, 'snapshot'>): Basis => `sealed-${snapshot}`;

function evaluated({ as_of }: EvaluatedYear, until: number, known: Known): Evaluated[] {
  return known.schools.flatMap((school) => {
    const facts = schoolOn(as_of, until, school);
    const figures = known.returns.get(school.school_code)?.approved ?? null;
    return facts ? [{ facts, figures, ...about(facts, until, known) }] : [];
  });
}

/** Schools that nothing had been approved of when the snapshot was sealed are missing in it, and stay so. */
function sealed({ returns, sealed_at }: SealedYear, year: EvaluatedYear, known: Known): Evaluated[] {
  const frozen = Object.values(returns).map(({ version: _version, figures, ...facts }) => ({
    facts,
    figures,
    ...about(facts, sealed_at, known),
  }));
  const absent = evaluated(year, sealed_at, known)
    .filter(({ facts }) => !Object.hasOwn(returns, facts.school))
    .map((school) => ({ ...school, figures: null }));
  return [...frozen, ...absent].sort((a, b) => (a.facts.school < b.facts.school ? -1 : 1));
}

function about({ school, stages }: SchoolFacts, until: number, known: Known): Omit<Evaluated, 'facts' | 'figures'> {
  const last = known.lastYear.get(school);
  return {
    lastYear: Object.fromEntries(
      stages.flatMap((stage) => {
        const pupils = pupilsOf(stage, until, last);
        return pupils === undefined ? [] : [[stage, pupils]];
      }),
    ),
    conflicts: conflictsOf(until, known.returns.get(school)),
    found: lastTold(known.findings.get(school)?.items ?? [], ({ item }) => item, until),
  };
}

const bySchool = <Row extends { readonly school_code: string }>(rows: readonly Row[]) =>
  new Map(rows.map((row) => [row.school_code, row]));
