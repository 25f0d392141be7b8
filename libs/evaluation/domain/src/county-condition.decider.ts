import { type Decider, Rational, RuleViolation } from '@junheng/kernel';
import { isDecimalFigure } from './decimal-figure.js';

/** Stream `condition-<year>` in the county's ledger: what a standard asks of the county beside its schools' figures. */
export interface CountyConditionRecorded {
  readonly type: 'CountyConditionRecorded';
  readonly schoolYear: number;
  /** Id of the condition in the standard, such as `work-score` or `satisfaction`. */
  readonly condition: string;
  /** A figure as decimal text, whether the evidence was accepted, or `null` when it is withdrawn as unknown. */
  readonly value: string | boolean | null;
  readonly source: string;
}

export interface RecordCountyCondition extends Omit<CountyConditionRecorded, 'type'> {
  readonly type: 'RecordCountyCondition';
  /** The most that the adopted standard says the figure can be: 100 for shares and scores. */
  readonly most?: string;
}

export type CountyConditionState = Readonly<Record<string, Pick<CountyConditionRecorded, 'value' | 'source'>>>;

export const countyCondition: Decider<CountyConditionState, RecordCountyCondition, CountyConditionRecorded> = {
  initial: {},

  decide({ schoolYear, condition, value, source, most }, recorded) {
    if (source === '') {
      throw new RuleViolation('CONDITION_SOURCE_MISSING', `Nothing says where "${condition}" comes from.`, {
        where: 'source',
        remedy: 'Name the survey, score sheet or document.',
      });
    }
    if (typeof value === 'string' && !isDecimalFigure(value)) {
      throw new RuleViolation('CONDITION_VALUE_INVALID', `"${value}" is no figure.`, {
        where: 'value',
        remedy: 'Write decimal text such as "92.5".',
      });
    }
    if (typeof value === 'string' && most !== undefined && Rational.of(value).compare(Rational.of(most)) > 0) {
      throw new RuleViolation('CONDITION_VALUE_IMPOSSIBLE', `${value} is more than the whole.`, {
        where: 'value',
        remedy: 'Check the numerator and denominator behind the share.',
      });
    }
    const known = recorded[condition];
    if (known?.value === value && known.source === source) return [];
    return [{ type: 'CountyConditionRecorded', schoolYear, condition, value, source }];
  },

  evolve(recorded, { condition, value, source }) {
    return { ...recorded, [condition]: { value, source } };
  },
};
