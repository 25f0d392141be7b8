import { Rational } from '@junheng/kernel';
import type { Gap, SchoolAssessment } from './assessment.js';
import type { StageUnitFigures } from './figures.js';
import { lineGap, normGaps } from './gap.formula.js';
import type { MeasuredUnit } from './measured-unit.formula.js';
import { allOf, itemsVerdict, lineOutcome, linesVerdict, normsVerdict } from './school-verdict.formula.js';
import type { Standard } from './standard.js';

/** Every gap that the standard's lines and norms give, school by school. */
export function gapsOf(standard: Standard, judged: readonly MeasuredUnit[]): readonly Gap[] {
  const below = judged.flatMap(({ unit }) =>
    standard.indicators.flatMap((indicator) => lineGap(indicator, unit) ?? []),
  );
  if (standard.norms.length === 0) return below;
  const short = [...bySchool(judged).values()].flatMap((units) =>
    standard.norms.flatMap((norm) => normGaps(norm, units)),
  );
  return [...below, ...short];
}

/** Whether each school, or each stage unit where the standard judges those, meets the standard's rule for schools. */
export function schoolAssessments(
  standard: Standard,
  judged: readonly MeasuredUnit[],
  gaps: readonly Gap[],
): SchoolAssessment[] {
  const rule = standard.schools?.rule;
  if (rule === undefined) return [];
  switch (rule.kind) {
    case 'lines':
      return judged.flatMap(({ unit, stage, values }) => {
        if (unit.pupils?.isZero) return [];
        const outcomes = rule.indicators.flatMap((id) => {
          const line = standard.indicators.find((each) => each.id === id)?.line?.[stage];
          return line === undefined
            ? []
            : [[id, lineOutcome(values.get(id) ?? null, Rational.of(line), Rational.of(rule.floor))] as const];
        });
        const verdict = linesVerdict(
          outcomes.map(([, outcome]) => outcome),
          rule.least,
        );
        return [{ school: unit.school, stage, verdict, outcomes: Object.fromEntries(outcomes) }];
      });
    case 'items':
      return [...bySchool(judged)].map(([school, [unit]]) => {
        const verdicts = rule.groups.map(
          (group) =>
            [
              group.id,
              itemsVerdict(
                group,
                group.items.map(({ field }) => unit?.figures[field]),
              ),
            ] as const,
        );
        return {
          school,
          stage: null,
          verdict: allOf(verdicts.map(([, verdict]) => verdict)),
          outcomes: named(verdicts),
        };
      });
    case 'norms': {
      const ids = new Set(standard.norms.map(({ id }) => id));
      const short = grouped(
        gaps.filter(({ item }) => ids.has(item)),
        ({ school }) => school,
      );
      return [...bySchool(judged).keys()].map((school) => {
        const own = short.get(school) ?? [];
        const verdicts = own.map((gap) => [gap.item, normsVerdict([gap])] as const);
        return { school, stage: null, verdict: normsVerdict(own), outcomes: named(verdicts) };
      });
    }
  }
}

function named(verdicts: readonly (readonly [string, 'pass' | 'fail' | 'incomplete'])[]): SchoolAssessment['outcomes'] {
  const words = { pass: 'reaches', fail: 'below', incomplete: 'unknown' } as const;
  return Object.fromEntries(verdicts.map(([id, verdict]) => [id, words[verdict]]));
}

function bySchool(judged: readonly MeasuredUnit[]): ReadonlyMap<string, readonly StageUnitFigures[]> {
  return grouped(
    judged.map(({ unit }) => unit),
    ({ school }) => school,
  );
}

function grouped<T>(values: readonly T[], key: (value: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group === undefined) groups.set(key(value), [value]);
    else group.push(value);
  }
  return groups;
}
