import { Rational } from '@junheng/kernel';

/** Whether a reported total is the sum of its parts, within a tolerance that the caller names. The difference stays. */
export function totalOf(
  parts: readonly Rational[],
  reported: Rational,
  tolerance: Rational,
): { readonly sum: Rational; readonly difference: Rational; readonly agrees: boolean } {
  const sum = Rational.sum(parts);
  const difference = reported.minus(sum);
  const isShort = difference.compare(Rational.zero) < 0;
  const size = isShort ? Rational.zero.minus(difference) : difference;
  return { sum, difference, agrees: size.compare(tolerance) <= 0 };
}
