import { Rational } from '@junheng/kernel';
import type { MissingUnit } from './assessment.js';
import type { StageUnitFigures } from './figures.js';
import { resource } from './ratio.formula.js';
import type { EvaluatedStage, Inclusion, Indicator } from './standard.js';

/** A stage unit with its resource and value of every indicator of the standard, exact. */
export interface MeasuredUnit {
  readonly unit: StageUnitFigures;
  readonly stage: EvaluatedStage;
  readonly resources: ReadonlyMap<string, Rational | null>;
  readonly values: ReadonlyMap<string, Rational | null>;
}

/** Whether a standard speaks of such a unit at all. A unit whose enrolment is unknown is not left out for being small. */
export function isIncluded(inclusion: Inclusion, { schoolType, sponsor, pupils }: StageUnitFigures): boolean {
  if (!inclusion.schoolTypes.includes(schoolType) || !inclusion.sponsors.includes(sponsor)) return false;
  const least = inclusion.leastPupils[schoolType];
  return least === undefined || pupils === null || pupils.compare(Rational.of(least)) >= 0;
}

/**
 * A missing unit as a standard waits for it; `undefined` when it would be left out. One that may turn out too small to
 * be counted may weigh nothing.
 */
export function awaited(inclusion: Inclusion, unit: MissingUnit): MissingUnit | undefined {
  const { schoolType, sponsor, pupils } = unit;
  if (sponsor !== undefined && !inclusion.sponsors.includes(sponsor)) return undefined;
  if (schoolType === undefined) return unit;
  if (!inclusion.schoolTypes.includes(schoolType)) return undefined;
  const least = inclusion.leastPupils[schoolType];
  if (least === undefined || isAtLeast(pupils.low, least)) return unit;
  return isAtLeast(pupils.high, least) ? { ...unit, pupils: { low: '0', high: pupils.high } } : undefined;
}

const isAtLeast = (figure: string, least: string) => Rational.of(figure).compare(Rational.of(least)) >= 0;

/** A unit without pupils has no share in the county's mean. */
export function isCounted(inclusion: Inclusion, unit: StageUnitFigures): boolean {
  return isIncluded(inclusion, unit) && !unit.pupils?.isZero;
}

export function isEvaluated(unit: StageUnitFigures): unit is StageUnitFigures & { readonly stage: EvaluatedStage } {
  return unit.stage !== 'senior';
}

export function measure(indicators: readonly Indicator[], unit: StageUnitFigures, stage: EvaluatedStage): MeasuredUnit {
  const resources = new Map<string, Rational | null>();
  const values = new Map<string, Rational | null>();
  for (const indicator of indicators) {
    const x = resource(indicator, unit);
    const scaled = x === null || indicator.per === '1' ? x : x.times(Rational.of(indicator.per));
    resources.set(indicator.id, scaled);
    const hasValue = scaled !== null && unit.pupils !== null && !unit.pupils.isZero;
    values.set(indicator.id, hasValue ? scaled.dividedBy(unit.pupils) : null);
  }
  return { unit, stage, resources, values };
}
