import { RuleViolation } from '@junheng/kernel';
import { type Standard, standardSchema } from './standard.js';

/** Reads the content of a standard that somebody publishes. Throws STANDARD_INVALID with the path of what is wrong. */
export function parseStandard(content: unknown): Standard {
  const parsed = standardSchema.safeParse(content);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({ where: path.map(String).join('.'), message }));
    const [first] = problems;
    throw invalid(first?.where ?? '', first?.message ?? 'is not a standard', problems);
  }
  const standard = parsed.data;
  const [first, ...rest] = inconsistencies(standard);
  if (first !== undefined) throw invalid(first.where, first.message, [first, ...rest]);
  return standard;
}

interface Problem {
  readonly where: string;
  readonly message: string;
}

function invalid(where: string, message: string, problems: readonly Problem[]): RuleViolation {
  return new RuleViolation('STANDARD_INVALID', `The standard is not usable: ${where || 'content'}: ${message}.`, {
    where,
    problems,
    remedy: 'Correct the named places and publish again.',
  });
}

/** What the shape alone cannot say: ids that are used must exist, and be there once. */
function inconsistencies(standard: Standard): Problem[] {
  const { indicators, norms, conditions, balance, schools } = standard;
  const known = new Set(indicators.map(({ id }) => id));
  const knownNorms = new Set(norms.map(({ id }) => id));
  const rule = schools?.rule;
  const judged = rule?.kind === 'lines' ? rule.indicators : [];
  return [
    ...twice(indicators, 'indicators'),
    ...twice(norms, 'norms'),
    ...twice(conditions, 'conditions'),
    ...unknown(balance?.indicators ?? [], known, 'balance.indicators'),
    ...unknown(judged, known, 'schools.rule.indicators'),
    ...judged.flatMap((id, index) => {
      const indicator = indicators.find((each) => each.id === id);
      return indicator?.line === null
        ? [{ where: `schools.rule.indicators.${index}`, message: `"${id}" has no line to reach` }]
        : [];
    }),
    ...(rule?.kind === 'lines' && rule.least > rule.indicators.length
      ? [{ where: 'schools.rule.least', message: `is more than the ${rule.indicators.length} indicators` }]
      : []),
    ...conditions.flatMap(({ check }, index) => {
      const where = `conditions.${index}.check`;
      if (check.kind === 'norms') return unknown(check.norms, knownNorms, `${where}.norms`);
      if (check.kind === 'balance' && balance === null) return [{ where, message: 'the standard sets no balance' }];
      if (check.kind === 'schools' && schools === null) return [{ where, message: 'the standard judges no schools' }];
      return [];
    }),
    ...(standard.validTo !== null && standard.validTo < standard.validFrom
      ? [{ where: 'validTo', message: 'is before validFrom' }]
      : []),
  ];
}

function twice(parts: readonly { readonly id: string }[], where: string): Problem[] {
  return parts.flatMap(({ id }, index) =>
    parts.findIndex((each) => each.id === id) < index
      ? [{ where: `${where}.${index}.id`, message: `"${id}" is there twice` }]
      : [],
  );
}

function unknown(ids: readonly string[], known: ReadonlySet<string>, where: string): Problem[] {
  return ids.flatMap((id, index) =>
    known.has(id) ? [] : [{ where: `${where}.${index}`, message: `"${id}" is not defined` }],
  );
}
