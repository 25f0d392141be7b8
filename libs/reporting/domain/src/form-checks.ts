import type { Check, CheckLevel, Expression, Operator, Words } from '@junheng/reporting-contract';
import { type FormStage, formStages } from './form-fields.js';

export const f = (field: string): Expression => ({ field });
export const lastYear = (previous: string): Expression => ({ previous });
export const constant = (value: string): Expression => ({ constant: value });
export const sum = (fields: readonly string[]): Expression => ({ sum: fields.map(f) });
export const times = (...product: readonly Expression[]): Expression => ({ product });

interface Rest extends Partial<Pick<Check, 'tolerance' | 'missing' | 'when' | 'stages'>> {
  readonly level?: CheckLevel;
}

/** A refusing check that waits for all of its figures, unless said otherwise. */
export function check(
  id: string,
  rule: Words,
  comparison: readonly [left: Expression, operator: Operator, right: Expression],
  { level = 'refuse', missing = 'skip-if-any-missing', ...rest }: Rest = {},
): Check {
  const [left, operator, right] = comparison;
  return { id, level, rule, left, operator, right, missing, ...rest };
}

/** Parts that were entered must not exceed the whole, even while other parts are missing. */
export const parts = { missing: 'skip-if-all-missing' } as const;
export const explain = { level: 'explain' } as const;
export const warn = { level: 'warn' } as const;

/** The same checks once for each stage, with the stage's name in the rule's words. */
export function checksForEachStage(checks: (stage: FormStage, of: (id: string) => string) => readonly Check[]) {
  return formStages.flatMap((stage) => {
    const of = (id: string) => `${stage.prefix}_${id}`;
    return checks(stage, of).map((each): Check => ({
      ...each,
      id: of(each.id),
      rule: { zh: `${stage.zh}: ${each.rule.zh}`, en: `${each.rule.en} (${stage.en})` },
      stages: [stage.stage],
    }));
  });
}
