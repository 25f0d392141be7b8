import { Rational } from '@junheng/kernel';

/** Growth in per cent, exact: 100 · (later − earlier) / earlier. `null` when either is unknown or there was nothing. */
export function growth(earlier: Rational | null, later: Rational | null): Rational | null {
  if (earlier === null || later === null || earlier.isZero) return null;
  return later.minus(earlier).times(Rational.of(100)).dividedBy(earlier);
}
