import { Rational } from '@junheng/kernel';
import type { Check, Explanation, Figure, Figures, Finding, Form, FormField } from '@junheng/reporting-contract';
import { type Evaluated, evaluate, type Facts, fieldsOf } from './expression.formula.js';
import { type Asked, askedFields, formIndex, isAsked } from './form-index.js';

/** Every rule of the form that does not hold for this school's figures, in the order of the form. */
export function check(form: Form, school: Asked, figures: Figures, previous: Figures = {}): readonly Finding[] {
  const { fields } = formIndex(form);
  const asked = askedFields(form, school);
  const askedIds = new Set(asked.map(({ field }) => field.id));
  const facts: Facts = { figures, previous, isAsked: (id) => askedIds.has(id) || !fields.has(id) };
  return [
    ...asked.flatMap(({ field }) => ownFindings(field, facts)),
    ...form.checks.filter((each) => isAskedAbout(each, school)).flatMap((each) => comparison(each, facts)),
  ];
}

function isAskedAbout({ stages }: Check, school: Asked): boolean {
  return !stages || stages.some((stage) => school.stages.includes(stage));
}

function ownFindings(field: FormField, facts: Facts): readonly Finding[] {
  const figure = facts.figures[field.id];
  if (figure === null) {
    const rule = { zh: `${field.label.zh}未知须说明`, en: `${field.label.en}: unknown needs a reason` };
    return [{ check: 'unknown', level: 'explain', fields: [field.id], rule, figures: { [field.id]: null } }];
  }
  if (figure === undefined) {
    if (!field.required) return [];
    const rule = { zh: `${field.label.zh}必填`, en: `${field.label.en} must be entered` };
    return [{ check: 'required', level: 'refuse', fields: [field.id], rule, figures: {} }];
  }
  return outsideOfBand(field, figure, facts);
}

function outsideOfBand(field: FormField, figure: Figure, facts: Facts): readonly Finding[] {
  if (!field.warn || typeof figure === 'boolean' || figure === null || field.kind === 'text') return [];
  const { below, above, per = [], times = '1' } = field.warn;
  const whole = per.length > 0 ? evaluate({ sum: per.map((each) => ({ field: each })) }, facts) : undefined;
  if (whole && (whole.missing > 0 || whole.value.isZero)) return [];
  const unit = whole?.value ?? Rational.one;
  const isOutside = (entry: string) => {
    const value = Rational.of(entry).times(Rational.of(times));
    return (
      (below !== undefined && value.compare(unit.times(Rational.of(below))) < 0) ||
      (above !== undefined && value.compare(unit.times(Rational.of(above))) > 0)
    );
  };
  if (![figure].flat().some(isOutside)) return [];
  const [zh, en] =
    per.length === 0 ? ['', ''] : times === '100' ? [' (每百)', ' per hundred'] : [' (平均)', ' per unit'];
  const rule = {
    zh: `${field.label.zh}${zh}一般在${below ?? ''}至${above ?? ''}之间`,
    en: `${field.label.en}${en} is usually from ${below ?? 'any'} to ${above ?? 'any'}`,
  };
  return [
    { check: 'range', level: 'warn', fields: [field.id], rule, figures: pick(facts.figures, [field.id, ...per]) },
  ];
}

function comparison(rule: Check, facts: Facts): readonly Finding[] {
  if (rule.when && !applies(rule.when, facts)) return [];
  const [left, right] = [evaluate(rule.left, facts), evaluate(rule.right, facts)];
  if (isSkipped(rule, left, right) || holds(rule, left.value, right.value)) return [];
  const [of, to] = [fieldsOf(rule.left), fieldsOf(rule.right)];
  const fields = [...new Set([...of.now, ...to.now])].filter((id) => facts.isAsked(id));
  const previous = pick(facts.previous, [...of.before, ...to.before]);
  return [
    {
      check: rule.id,
      level: rule.level,
      fields,
      rule: rule.rule,
      figures: pick(facts.figures, fields),
      ...(Object.keys(previous).length > 0 && { previous }),
    },
  ];
}

function applies(when: NonNullable<Check['when']>, facts: Facts): boolean {
  if ('flag' in when) return (facts.figures[when.flag] === true) === when.is;
  return evaluate(when.positive, facts).value.compare(Rational.zero) > 0;
}

function isSkipped({ missing }: Check, left: Evaluated, right: Evaluated): boolean {
  switch (missing) {
    case 'never-skip':
      return false;
    case 'skip-if-any-missing':
      return left.missing + right.missing > 0;
    case 'skip-if-all-missing':
      return [left, right].some((side) => side.entered === 0 && side.missing > 0);
  }
}

function holds({ operator, tolerance = '0' }: Check, left: Rational, right: Rational): boolean {
  const margin = Rational.of(tolerance);
  const difference = left.minus(right);
  switch (operator) {
    case '=':
      return isWithin(difference, margin);
    case 'within':
      return isWithin(difference, margin.times(right));
    case '<=':
      return difference.compare(margin) <= 0;
    case '>=':
      return difference.plus(margin).compare(Rational.zero) >= 0;
    case '<':
      return difference.compare(Rational.zero) < 0;
    case '>':
      return difference.compare(Rational.zero) > 0;
  }
}

function isWithin(difference: Rational, margin: Rational): boolean {
  return difference.compare(margin) <= 0 && difference.plus(margin).compare(Rational.zero) >= 0;
}

function pick(figures: Figures, fields: readonly string[]): Figures {
  return Object.fromEntries(
    fields.map((id) => [id, figures[id]] as const).filter((entry): entry is [string, Figure] => entry[1] !== undefined),
  );
}

export interface CountedReturn extends Asked {
  readonly figures: Figures;
}

/** The rules between schools: primary graduates of one are the junior entrants of another. */
export function checkCounty(form: Form, returns: readonly CountedReturn[]): readonly Finding[] {
  const { fields } = formIndex(form);
  const sums: Record<string, string> = {};
  for (const { field } of fields.values()) {
    const asked = returns.filter((school) => isAsked(field, school)).map(({ figures }) => figures[field.id]);
    const entered = asked.filter((figure) => typeof figure === 'string');
    const isNumber = field.kind === 'whole' || field.kind === 'decimal';
    if (isNumber && entered.length > 0 && entered.length === asked.length) {
      sums[field.id] = Rational.sum(entered.map((figure) => Rational.of(figure))).toDecimal(field.decimals);
    }
  }
  const facts: Facts = { figures: sums, previous: {}, isAsked: () => true };
  return (form.countyChecks ?? []).flatMap((each) => comparison(each, facts));
}

/** An explanation without a field covers every finding of its check. */
export function isExplained(finding: Finding, explanations: readonly Explanation[]): boolean {
  return explanations.some(
    ({ check: id, field }) => id === finding.check && (field === null || finding.fields.includes(field)),
  );
}
