import { Rational } from '@junheng/kernel';
import { type Figure, stageField, type StageUnitFigures } from './figures.js';
import type { Indicator, Term } from './standard.js';

/** A decimal that a return or a standard holds as text; `null` for anything unknown or no number. */
export function decimalFigure(figure: Figure | undefined): Rational | null {
  return typeof figure === 'string' ? Rational.of(figure) : null;
}

/**
 * A figure that the stage reports: under the stage's prefix, or without one when the school has a single stage.
 * A field without a prefix in a school of several stages is nobody's and stays unknown.
 */
export function stageFigure(unit: StageUnitFigures, field: string): Figure | undefined {
  const own = unit.figures[stageField(unit.stage, field)];
  return own === undefined && unit.stages.length === 1 ? unit.figures[field] : own;
}

/** The unit's part of what its school shares; exact. */
export function sharedFigure(unit: StageUnitFigures, field: string): Rational | null {
  const whole = decimalFigure(unit.figures[field]);
  if (whole === null || unit.share === null) return null;
  return unit.share === Rational.one ? whole : whole.times(unit.share);
}

/**
 * The resource x of an indicator in its own unit: the signed sum of its terms. `null` as soon as one term is unknown,
 * for what is missing is not zero. Source: 5-data-dictionary 5.3.
 */
export function resource(indicator: Indicator, unit: StageUnitFigures): Rational | null {
  if (unit.stage === 'senior') return null;
  let total = Rational.zero;
  for (const term of indicator.numerator[unit.stage]) {
    if (!applies(term, unit)) continue;
    const value = term.of === 'shared' ? sharedFigure(unit, term.field) : decimalFigure(stageFigure(unit, term.field));
    if (value === null) return null;
    total = term.subtract ? total.minus(value) : total.plus(value);
  }
  return indicator.multiplier === '1' ? total : total.times(Rational.of(indicator.multiplier));
}

/**
 * The value X = per · x / P of a unit, in the indicator's unit per so many pupils. `null` when x or P is unknown, or
 * when there are no pupils: a ratio to nobody is not applicable, and not zero.
 */
export function ratio(indicator: Indicator, unit: StageUnitFigures, x = resource(indicator, unit)): Rational | null {
  if (x === null || unit.pupils === null || unit.pupils.isZero) return null;
  return x.times(Rational.of(indicator.per)).dividedBy(unit.pupils);
}

/** The figures that an indicator reads of a unit, for whoever asks where its value comes from. */
export function figuresBehind(indicator: Indicator, unit: StageUnitFigures): Record<string, string | null> {
  const behind: Record<string, string | null> = {
    [stageField(unit.stage, 'enrol')]: unit.pupils?.toDecimal(12) ?? null,
  };
  if (unit.stage === 'senior') return behind;
  for (const term of indicator.numerator[unit.stage]) {
    if (!applies(term, unit)) continue;
    const key = term.of === 'shared' ? term.field : stageField(unit.stage, term.field);
    const figure = term.of === 'shared' ? unit.figures[term.field] : stageFigure(unit, term.field);
    behind[key] = typeof figure === 'string' ? figure : null;
  }
  return behind;
}

function applies(term: Term, unit: StageUnitFigures): boolean {
  if (term.flag !== undefined && unit.figures[term.flag] !== true) return false;
  if (term.when === undefined) return true;
  const { settings, leastPupils, belowPupils } = term.when;
  return (
    unit.pupils !== null &&
    settings.includes(unit.setting) &&
    unit.pupils.compare(Rational.of(leastPupils)) >= 0 &&
    unit.pupils.compare(Rational.of(belowPupils)) < 0
  );
}
