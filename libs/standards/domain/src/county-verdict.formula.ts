import { Rational } from '@junheng/kernel';
import type {
  AssessmentOptions,
  ConditionOutcome,
  Gap,
  SchoolAssessment,
  StageAssessment,
  Verdict,
} from './assessment.js';
import { allOf, normsVerdict } from './school-verdict.formula.js';
import type { Condition, Standard } from './standard.js';

export interface CountyFigures {
  readonly stages: readonly Pick<StageAssessment, 'stage' | 'balance'>[];
  readonly schools: readonly Pick<SchoolAssessment, 'verdict'>[];
  readonly gaps: readonly Pick<Gap, 'item' | 'amount'>[];
  /** Schools whose return is still missing keep everything open that speaks of all schools. */
  readonly isComplete: boolean;
  readonly conditions: NonNullable<AssessmentOptions['conditions']>;
}

/** Every condition of a standard with what it was compared with. Balance is one outcome for each stage. */
export function conditionOutcomes(standard: Standard, county: CountyFigures): readonly ConditionOutcome[] {
  return standard.conditions.flatMap((condition) => outcomes(condition, county));
}

/** The county passes when every condition does; one that fails decides, one that is open never counts as passed. */
export function countyVerdict(outcomes: readonly ConditionOutcome[]): Verdict {
  return allOf(outcomes.map(({ verdict }) => verdict));
}

/**
 * Compares exactly; ">=" and "<=" are 不低于 and 不高于 and hold at the line itself. A figure above the most that can be
 * (100 % of anything) is wrong, and decides nothing.
 */
export function figureVerdict(value: string, check: Extract<Condition['check'], { kind: 'figure' }>): Verdict {
  const figure = Rational.of(value);
  if (check.most !== null && figure.compare(Rational.of(check.most)) > 0) return 'incomplete';
  const difference = figure.compare(Rational.of(check.line));
  const holds = { '>=': difference >= 0, '<=': difference <= 0, '<': difference < 0, '>': difference > 0 };
  return holds[check.comparison] ? 'pass' : 'fail';
}

function outcomes({ id: condition, check }: Condition, county: CountyFigures): readonly ConditionOutcome[] {
  const value = county.conditions[condition] ?? null;
  const only = (verdict: Verdict): ConditionOutcome[] => [{ condition, stage: null, verdict, value }];
  const rest: Verdict[] = county.isComplete ? [] : ['incomplete'];
  switch (check.kind) {
    case 'balance':
      return county.stages.flatMap(({ stage, balance }) =>
        balance === null ? [] : [{ condition, stage, verdict: balance, value: null }],
      );
    case 'schools':
      return only(allOf([...county.schools.map(({ verdict }) => verdict), ...rest]));
    case 'norms':
      return only(allOf([normsVerdict(county.gaps.filter(({ item }) => check.norms.includes(item))), ...rest]));
    case 'figure':
      return only(typeof value === 'string' ? figureVerdict(value, check) : 'incomplete');
    case 'evidence':
      return only(value === null || typeof value === 'string' ? 'incomplete' : value ? 'pass' : 'fail');
  }
}
