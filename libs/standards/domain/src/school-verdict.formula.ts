import { Rational } from '@junheng/kernel';
import type { LineOutcome, Verdict } from './assessment.js';
import type { Figure } from './figures.js';
import type { ItemGroup } from './standard.js';

/** Where a value stands against its line and the floor below it (`floor` is a part of the line). Exact; null is unknown. */
export function lineOutcome(value: Rational | null, line: Rational, floor: Rational): LineOutcome {
  if (value === null) return 'unknown';
  if (value.compare(line) >= 0) return 'reaches';
  return value.compare(line.times(floor)) >= 0 ? 'floor' : 'below';
}

/**
 * 至少6项达标,余项不低于85%: at least `least` lines are reached and no value is below its floor. Unknown values leave
 * the verdict open unless what is known decides it. Source: 2-quality-balance-2017 2.1.
 */
export function linesVerdict(outcomes: readonly LineOutcome[], least: number): Verdict {
  const count = (outcome: LineOutcome) => outcomes.filter((each) => each === outcome).length;
  if (count('below') > 0 || count('reaches') + count('unknown') < least) return 'fail';
  return count('unknown') === 0 ? 'pass' : 'incomplete';
}

/**
 * A group of items that a school meets or not: at least `least` of them, and at least `leastShare` of all, both read
 * as "not below". Source for Gansu's 12 and 40 items: 3-local-cases 3.1.
 */
export function itemsVerdict(group: ItemGroup, met: readonly (Figure | undefined)[]): Verdict {
  const all = Rational.of(group.items.length);
  const certain = Rational.of(met.filter((item) => item === true).length);
  const possible = all.minus(Rational.of(met.filter((item) => item === false).length));
  const enough = (count: Rational) =>
    count.compare(Rational.of(group.least ?? '0')) >= 0 &&
    count.compare(Rational.of(group.leastShare ?? '0').times(all)) >= 0;
  if (enough(certain)) return 'pass';
  return enough(possible) ? 'incomplete' : 'fail';
}

/** A school without a gap meets the norms; one unknown gap leaves it open, one known gap decides. */
export function normsVerdict(gaps: readonly { readonly amount: string | null }[]): Verdict {
  if (gaps.some(({ amount }) => amount !== null && amount !== '0')) return 'fail';
  return gaps.some(({ amount }) => amount === null) ? 'incomplete' : 'pass';
}

/** All of them, with "fail" decisive and "incomplete" never counted as passed. No verdict at all is open, too. */
export function allOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('fail')) return 'fail';
  return verdicts.length === 0 || verdicts.includes('incomplete') ? 'incomplete' : 'pass';
}
