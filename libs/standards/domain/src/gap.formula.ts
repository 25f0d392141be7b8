import { Rational } from '@junheng/kernel';
import type { Gap, RecordedShortfall } from './assessment.js';
import { type Figure, stageField, type StageUnitFigures } from './figures.js';
import { decimalFigure, figuresBehind, resource, stageFigure } from './ratio.formula.js';
import type { EvaluatedStage, Indicator, Norm } from './standard.js';

const DIGITS = 12;
type Behind = Record<string, string | null>;
interface Lack {
  readonly required: Rational | null;
  readonly actual: Rational | null;
  readonly figures: Behind;
  /** The norm is an upper one: what lies above it is the gap. */
  readonly upper?: true;
}

/**
 * 差距 below an indicator's line: line · P / per − x, in the indicator's natural unit; whole things are rounded up, areas
 * and money stay exact. Nothing lacking is zero, an unknown figure is unknown. `null` where there is nothing to lack:
 * the standard sets no line, or the unit has no pupils.
 */
export function lineGap(indicator: Indicator, unit: StageUnitFigures): Gap | null {
  if (indicator.line === null || unit.stage === 'senior' || unit.pupils?.isZero) return null;
  const line = Rational.of(indicator.line[unit.stage]);
  const required = unit.pupils === null ? null : line.times(unit.pupils).dividedBy(Rational.of(indicator.per));
  const lack = { required, actual: resource(indicator, unit), figures: figuresBehind(indicator, unit) };
  return gap({ id: indicator.id, ...indicator.gap }, unit.school, unit.stage, lack);
}

/** 差距 of a whole school below a norm; one gap for each stage where the norm looks at classes. */
export function normGaps(norm: Norm, units: readonly StageUnitFigures[]): readonly Gap[] {
  const [school] = units;
  if (school === undefined || units.every(({ pupils }) => pupils?.isZero)) return [];
  switch (norm.kind) {
    case 'per-pupil':
      return [gap(norm, school.school, null, perPupil(norm, units))];
    case 'ratio':
      return [gap(norm, school.school, null, forEach(norm, school))];
    case 'class-size':
      return units.map((unit) => gap(norm, unit.school, unit.stage, oversize(norm, unit)));
    case 'school-size': {
      const lack = size(norm.limit[school.schoolType], units);
      return lack === null ? [] : [gap(norm, school.school, null, lack)];
    }
    case 'rooms-for-classes':
      return [gap(norm, school.school, null, roomsForClasses(norm, units))];
  }
}

/**
 * Sets what the county recorded beside what the formula gives: a computed gap stands and shows a differing record as a
 * conflict, an unknown one takes the record's figure, and a record that no norm speaks of is a gap of its own.
 */
export function withRecorded(
  gaps: readonly Gap[],
  shortfalls: readonly RecordedShortfall[],
  norms: readonly Norm[],
): Gap[] {
  const idOf = new Map(
    norms.flatMap((norm) => [norm.id, norm.name.zh, ...norm.aliases].map((word) => [word, norm.id])),
  );
  const merged = [...gaps];
  for (const { school, item, unit, amount, source } of shortfalls) {
    const id = idOf.get(item) ?? item;
    const index = merged.findIndex((each) => each.school === school && each.item === id);
    const computed = merged[index];
    if (computed === undefined) {
      const origin = amount === null ? 'unknown' : 'recorded';
      merged.push({
        school,
        stage: null,
        item: id,
        unit,
        amount,
        origin,
        conflict: null,
        required: null,
        actual: null,
        figures: {},
        source,
      });
    } else if (computed.amount === null) {
      merged[index] = { ...computed, amount, origin: amount === null ? 'unknown' : 'recorded', source };
    } else if (amount !== null && Rational.of(amount).compare(Rational.of(computed.amount)) !== 0) {
      merged[index] = { ...computed, conflict: amount, source };
    }
  }
  return merged;
}

function gap(
  item: { readonly id: string; readonly unit: string; readonly whole: boolean },
  school: string,
  stage: EvaluatedStage | null | 'senior',
  { required, actual, figures, upper }: Lack,
): Gap {
  const known = required !== null && actual !== null;
  return {
    school,
    stage,
    item: item.id,
    unit: item.unit,
    amount: known ? amountLacking(upper ? actual.minus(required) : required.minus(actual), item.whole) : null,
    origin: known ? 'computed' : 'unknown',
    conflict: null,
    required: required?.toDecimal(DIGITS) ?? null,
    actual: actual?.toDecimal(DIGITS) ?? null,
    figures,
    source: null,
  };
}

function amountLacking(lack: Rational, whole: boolean): string {
  if (lack.compare(Rational.zero) <= 0) return '0';
  return whole ? lack.ceil().toString() : lack.toDecimal(DIGITS);
}

function perPupil(norm: Extract<Norm, { kind: 'per-pupil' }>, units: readonly StageUnitFigures[]): Lack {
  const figures: Behind = {};
  const required = addUp(units, (unit) => {
    figures[stageField(unit.stage, 'enrol')] = unit.pupils?.toDecimal(DIGITS) ?? null;
    return unit.stage === 'senior' ? null : (unit.pupils?.times(Rational.of(norm.amount[unit.stage])) ?? null);
  });
  const [school] = units;
  if (norm.of === 'shared' && school !== undefined) {
    figures[norm.field] = text(school.figures[norm.field]);
    const whole = decimalFigure(school.figures[norm.field]);
    const share = addUp(units, (unit) => unit.share);
    return { required, actual: whole === null || share === null ? null : whole.times(share), figures };
  }
  const actual = addUp(units, (unit) => {
    const figure = stageFigure(unit, norm.field);
    figures[stageField(unit.stage, norm.field)] = text(figure);
    return decimalFigure(figure);
  });
  return { required, actual, figures };
}

/** Counts the whole school, with its senior stage: boarders of every stage sleep in the same beds. */
function forEach(norm: Extract<Norm, { kind: 'ratio' }>, { figures, stages }: StageUnitFigures): Lack {
  const keys = norm.forOf === 'stage' ? stages.map((stage) => stageField(stage, norm.forField)) : [norm.forField];
  const bases = keys.map((key) => decimalFigure(figures[key]));
  const isKnown = bases.every((base) => base !== null);
  return {
    required: isKnown ? Rational.sum(bases).times(Rational.of(norm.amount)) : null,
    actual: decimalFigure(figures[norm.field]),
    figures: Object.fromEntries([...keys, norm.field].map((key) => [key, text(figures[key])])),
  };
}

/** Counts classes one by one: a mean class size says nothing about how many are too large. */
function oversize(norm: Extract<Norm, { kind: 'class-size' }>, unit: StageUnitFigures): Lack {
  const sizes = stageFigure(unit, norm.field);
  const key = stageField(unit.stage, norm.field);
  if (unit.stage === 'senior' || !Array.isArray(sizes))
    return { required: Rational.zero, actual: null, figures: { [key]: null }, upper: true };
  const limit = Rational.of(norm.limit[unit.stage]);
  const over = (sizes as readonly string[]).filter((pupils) => Rational.of(pupils).compare(limit) > 0).length;
  return { required: Rational.zero, actual: Rational.of(over), figures: { [key]: sizes.join(' ') }, upper: true };
}

function size(limit: string | undefined, units: readonly StageUnitFigures[]): Lack | null {
  if (limit === undefined) return null;
  const figures: Behind = {};
  const pupils = addUp(units, (unit) => {
    figures[stageField(unit.stage, 'enrol')] = unit.pupils?.toDecimal(DIGITS) ?? null;
    return unit.pupils;
  });
  return { required: Rational.of(limit), actual: pupils, figures, upper: true };
}

/** For the started dozens of classes, the rooms that are large enough. */
function roomsForClasses(norm: Extract<Norm, { kind: 'rooms-for-classes' }>, units: readonly StageUnitFigures[]): Lack {
  const figures: Behind = {};
  const classes = addUp(units, (unit) => {
    const figure = stageFigure(unit, norm.classesField);
    figures[stageField(unit.stage, norm.classesField)] = text(figure);
    return decimalFigure(figure);
  });
  const rooms = units[0]?.figures[norm.field];
  figures[norm.field] = Array.isArray(rooms) ? rooms.join(' ') : null;
  const least = Rational.of(norm.leastArea);
  return {
    required: classes === null ? null : Rational.of(classes.dividedBy(Rational.of(norm.classes)).ceil()),
    actual: Array.isArray(rooms)
      ? Rational.of((rooms as readonly string[]).filter((area) => Rational.of(area).compare(least) >= 0).length)
      : null,
    figures,
  };
}

function addUp(
  units: readonly StageUnitFigures[],
  figure: (unit: StageUnitFigures) => Rational | null,
): Rational | null {
  const known = units.map(figure);
  return known.every((value) => value !== null) ? Rational.sum(known) : null;
}

function text(figure: Figure | undefined): string | null {
  return typeof figure === 'string' ? figure : null;
}
