import { Rational } from '@junheng/kernel';
import type { Stage } from '@junheng/register-contract';
import { type SchoolFigures, stageField, type StageUnitFigures } from './figures.js';
import { decimalFigure } from './ratio.formula.js';
import type { Standard } from './standard.js';

type Weights = Readonly<Record<Stage, string>>;

/**
 * The part of each stage in what a school shares: weight × pupils over the sum of weight × pupils of all its stages,
 * exact. With the weights 1 : 1.1 : 1.32 a nine-year school is split 1 : 1.1, a complete middle school 1 : 1.2 and a
 * twelve-year school 1 : 1.1 : 1.32. Source: 1-basic-balance-2012 1.5.
 *
 * `null` for every stage when one enrolment is unknown; zero for a stage without pupils beside one that has some.
 */
export function split(
  pupils: Readonly<Partial<Record<Stage, Rational | null>>>,
  weights: Weights,
): Partial<Record<Stage, Rational | null>> {
  const stages = Object.keys(pupils) as Stage[];
  const [only] = stages;
  if (stages.length === 1 && only !== undefined) return { [only]: Rational.one };
  const weighted = stages.map((stage) => {
    const count = pupils[stage] ?? null;
    return { stage, part: count?.times(Rational.of(weights[stage])) ?? null };
  });
  const known = weighted.flatMap(({ part }) => (part === null ? [] : [part]));
  const whole = Rational.sum(known);
  const unknown = known.length < weighted.length || whole.isZero;
  return Object.fromEntries(
    weighted.map(({ stage, part }) => [stage, unknown || part === null ? null : lowestTerms(part.dividedBy(whole))]),
  );
}

/** The stage units of a school, each with its pupils and its part of the shared resources. */
export function stageUnits(school: SchoolFigures, weights: Standard['split']): readonly StageUnitFigures[] {
  const { stages, figures } = school;
  const enrolments = stages.map((stage) => {
    const own = figures[stageField(stage, 'enrol')];
    return [stage, decimalFigure(own === undefined && stages.length === 1 ? figures['enrol'] : own)] as const;
  });
  const pupils = Object.fromEntries(enrolments) as Partial<Record<Stage, Rational | null>>;
  const shares = split(pupils, weights);
  return stages.map((stage) => ({
    school: school.school,
    schoolType: school.schoolType,
    sponsor: school.sponsor,
    setting: school.setting,
    stage,
    stages,
    pupils: pupils[stage] ?? null,
    share: shares[stage] ?? null,
    figures,
  }));
}

/** Every resource of the school is multiplied by its share, so a short one keeps a county's sums short. */
function lowestTerms({ numerator, denominator }: Rational): Rational {
  let [a, b] = [numerator, denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  return Rational.of(numerator / a).dividedBy(Rational.of(denominator / a));
}
