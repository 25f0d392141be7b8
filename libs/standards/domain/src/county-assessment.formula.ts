import { Rational } from '@junheng/kernel';
import type { AssessmentOptions, CountyAssessment, MissingUnit, StageAssessment } from './assessment.js';
import { balanceVerdict, compositeAssessment, indicatorAssessment, spread } from './balance.formula.js';
import { conditionOutcomes, countyVerdict } from './county-verdict.formula.js';
import type { StageUnitFigures } from './figures.js';
import { withRecorded } from './gap.formula.js';
import type { Bounds } from './interval.formula.js';
import { awaited, isCounted, isEvaluated, isIncluded, measure, type MeasuredUnit } from './measured-unit.formula.js';
import { gapsOf, schoolAssessments } from './school-assessment.formula.js';
import { type Balance, type EvaluatedStage, evaluatedStages, type Indicator, type Standard } from './standard.js';

const DIGITS = 12;

/**
 * A county under one standard: the spread of its schools, the verdict on each school, what each lacks, and the
 * county's verdict. A pure function of its arguments; `options.missing` are the schools that are expected to be counted
 * and have not reported.
 */
export function assessCounty(
  standard: Standard,
  units: readonly StageUnitFigures[],
  options: AssessmentOptions = {},
): CountyAssessment {
  const measured = units.flatMap((unit) => (isEvaluated(unit) ? [measure(standard.indicators, unit, unit.stage)] : []));
  const missing = options.missing ?? [];
  const { balance } = standard;
  const stages =
    balance === null ? [] : evaluatedStages.map((stage) => assessStage(standard, balance, stage, measured, missing));
  const judged = measured.filter(
    ({ unit }) => standard.schools === null || isIncluded(standard.schools.inclusion, unit),
  );
  const unjudged = missing.flatMap((each) =>
    standard.schools === null ? each : (awaited(standard.schools.inclusion, each) ?? []),
  );
  const gaps = withRecorded(gapsOf(standard, judged), options.shortfalls ?? [], standard.norms);
  const schools = schoolAssessments(standard, judged, gaps);
  const deciding = new Set([...judged.map(({ unit }) => unit.school), ...unjudged.map(({ school }) => school)]);
  const conditions = conditionOutcomes(standard, {
    stages,
    schools,
    gaps: gaps.filter(({ school }) => deciding.has(school)),
    isComplete: unjudged.length === 0,
    conditions: options.conditions ?? {},
  });
  return {
    standard: { id: standard.id, version: standard.version },
    verdict: countyVerdict(conditions),
    conditions,
    stages,
    units: measured.map(({ unit, values }) => ({
      school: unit.school,
      stage: unit.stage,
      pupils: unit.pupils?.toDecimal(DIGITS) ?? null,
      counted: balance !== null && isCounted(balance.inclusion, unit),
      values: Object.fromEntries([...values].map(([id, value]) => [id, value?.toDecimal(DIGITS) ?? null])),
    })),
    schools,
    gaps,
  };
}

function assessStage(
  standard: Standard,
  balance: Balance,
  stage: EvaluatedStage,
  measured: readonly MeasuredUnit[],
  missing: readonly MissingUnit[],
): StageAssessment {
  const counted = measured.filter((each) => each.stage === stage && isCounted(balance.inclusion, each.unit));
  const absent = missing.flatMap((each) => (each.stage === stage ? (awaited(balance.inclusion, each) ?? []) : []));
  const limit = Rational.of(balance.limits[stage]);
  const spreads = balance.indicators.flatMap((id) => {
    const indicator = standard.indicators.find((each) => each.id === id);
    return indicator === undefined ? [] : [spreadOf(indicator, balance, stage, counted, absent)];
  });
  const indicators = spreads.map((each) => indicatorAssessment(each, balance, limit));
  const composite = balance.rule === 'composite' ? compositeAssessment(spreads, balance, limit) : null;
  const deciding = composite === null ? indicators : [composite];
  const incomplete = new Set([...absent.map(({ school }) => school), ...spreads.flatMap((each) => each.missing)]);
  return {
    stage,
    pupils: Rational.sum(counted.map(({ unit }) => unit.pupils ?? Rational.zero)).toDecimal(DIGITS),
    completeness: {
      expected: counted.length + absent.length,
      reported: counted.length + absent.length - incomplete.size,
      missing: [...incomplete],
    },
    indicators,
    composite,
    balance: balanceVerdict(deciding),
    borderline: deciding.some((each) => each.borderline),
  };
}

function spreadOf(
  indicator: Indicator,
  balance: Balance,
  stage: EvaluatedStage,
  counted: readonly MeasuredUnit[],
  absent: readonly MissingUnit[],
) {
  const known = counted.flatMap(({ unit, resources }) => {
    const x = resources.get(indicator.id) ?? null;
    return x === null || unit.pupils === null ? [] : [{ pupils: unit.pupils, resource: x }];
  });
  if (known.length === counted.length && absent.length === 0) return spread(indicator.id, known, []);
  const observed = counted.flatMap(({ values }) => values.get(indicator.id) ?? []);
  const plausible = indicator.plausible?.[stage];
  const ends = [...observed, ...(plausible ? [Rational.of(plausible.low), Rational.of(plausible.high)] : [])];
  const value = { low: least(ends), high: greatest(ends) };
  const pupils = range(balance.plausiblePupils);
  const unknown = counted.filter(({ values }) => values.get(indicator.id) == null);
  return spread(indicator.id, known, [
    ...unknown.map(({ unit }) => ({
      school: unit.school,
      pupils: unit.pupils === null ? pupils : { low: unit.pupils, high: unit.pupils },
      value,
    })),
    ...absent.map((each) => {
      const own = each.indicators?.[indicator.id];
      return { school: each.school, pupils: range(each.pupils), value: own === undefined ? value : range(own) };
    }),
  ]);
}

function range({ low, high }: { readonly low: string; readonly high: string }): Bounds['pupils'] {
  return { low: Rational.of(low), high: Rational.of(high) };
}

const least = (values: readonly Rational[]) =>
  values.reduce((a, b) => (a.compare(b) <= 0 ? a : b), values[0] ?? Rational.zero);
const greatest = (values: readonly Rational[]) =>
  values.reduce((a, b) => (a.compare(b) >= 0 ? a : b), values[0] ?? Rational.zero);
