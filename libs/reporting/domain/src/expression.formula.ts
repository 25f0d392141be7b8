import { Rational } from '@junheng/kernel';
import type { Expression, Figure, Figures } from '@junheng/reporting-contract';

/** What an expression may look at: only figures that this school is asked for. */
export interface Facts {
  readonly figures: Figures;
  readonly previous: Figures;
  isAsked(field: string): boolean;
}

/** A value with how many of its figures were there; constants count on neither side. */
export interface Evaluated {
  readonly value: Rational;
  readonly entered: number;
  readonly missing: number;
}

const nothing: Evaluated = { value: Rational.zero, entered: 0, missing: 0 };

export function evaluate(expression: Expression, facts: Facts): Evaluated {
  if ('constant' in expression) return { ...nothing, value: Rational.of(expression.constant) };
  if ('field' in expression) return one(expression.field, facts.figures, facts, numberOf);
  if ('previous' in expression) return one(expression.previous, facts.previous, facts, numberOf);
  if ('present' in expression) return one(expression.present, facts.figures, facts, () => Rational.one);
  if ('list' in expression) {
    return one(expression.list, facts.figures, facts, (figure) => fromList(figure as readonly string[], expression));
  }
  if ('sum' in expression) return combine(expression.sum, facts, Rational.zero, (a, b) => a.plus(b));
  return combine(expression.product, facts, Rational.one, (a, b) => a.times(b));
}

function one(field: string, figures: Figures, facts: Facts, value: (figure: Figure) => Rational): Evaluated {
  if (!facts.isAsked(field)) return nothing;
  const figure = figures[field];
  if (figure === undefined || figure === null) return { value: Rational.zero, entered: 0, missing: 1 };
  return { value: value(figure), entered: 1, missing: 0 };
}

function combine(
  expressions: readonly Expression[],
  facts: Facts,
  start: Rational,
  operation: (a: Rational, b: Rational) => Rational,
): Evaluated {
  let { value, entered, missing } = { ...nothing, value: start };
  for (const expression of expressions) {
    const next = evaluate(expression, facts);
    value = operation(value, next.value);
    entered += next.entered;
    missing += next.missing;
  }
  return { value, entered, missing };
}

function numberOf(figure: Figure): Rational {
  return typeof figure === 'string' ? Rational.of(figure) : figure === true ? Rational.one : Rational.zero;
}

function fromList(list: readonly string[], how: Extract<Expression, { list: string }>): Rational {
  const entries = list.map((entry) => Rational.of(entry));
  if ('countFrom' in how) {
    const from = Rational.of(how.countFrom);
    const to = how.countTo === undefined ? undefined : Rational.of(how.countTo);
    return Rational.of(entries.filter((x) => x.compare(from) >= 0 && (!to || x.compare(to) <= 0)).length);
  }
  switch (how.take) {
    case 'count':
      return Rational.of(entries.length);
    case 'sum':
      return Rational.sum(entries);
    case 'max':
      return entries.reduce((max, entry) => (entry.compare(max) > 0 ? entry : max), Rational.zero);
  }
}

/** The fields that an expression names, this year's and last year's apart. */
export function fieldsOf(expression: Expression): {
  readonly now: readonly string[];
  readonly before: readonly string[];
} {
  if ('constant' in expression) return { now: [], before: [] };
  if ('field' in expression) return { now: [expression.field], before: [] };
  if ('previous' in expression) return { now: [], before: [expression.previous] };
  if ('present' in expression) return { now: [expression.present], before: [] };
  if ('list' in expression) return { now: [expression.list], before: [] };
  const inner = ('sum' in expression ? expression.sum : expression.product).map(fieldsOf);
  return { now: inner.flatMap(({ now }) => now), before: inner.flatMap(({ before }) => before) };
}
