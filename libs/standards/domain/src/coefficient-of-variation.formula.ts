import { Rational } from '@junheng/kernel';

/** One school's pupils P and resource x, in the unit and scale of the indicator. */
export interface Weighted {
  readonly pupils: Rational;
  readonly resource: Rational;
}

/** Exact. `cvSquared` is `null` when the mean is zero: the coefficient is then undefined, and not zero. */
export interface Dispersion {
  /** Sums over the schools: pupils, resources, and resource² / pupils. */
  readonly pupils: Rational;
  readonly resources: Rational;
  readonly squares: Rational;
  readonly mean: Rational;
  readonly variance: Rational;
  readonly cvSquared: Rational | null;
}

/**
 * 差异系数: the spread of a county's schools, weighted by pupils, over all of them (no n−1).
 *
 *     X̄ = Σx / ΣP    S² = Σ (P/ΣP)(x/P − X̄)² = Σ(x²/P)/ΣP − X̄²    CV² = S²/X̄² = ΣP · Σ(x²/P) / (Σx)² − 1
 *
 * X̄ and S carry the indicator's unit, CV has none. Everything stays a fraction; roots are only taken for display.
 * `null` without a pupil. Source: 1-basic-balance-2012 1.2.
 */
export function dispersion(schools: readonly Weighted[]): Dispersion | null {
  const counted = schools.filter(({ pupils }) => !pupils.isZero);
  const pupils = Rational.sum(counted.map((school) => school.pupils));
  if (pupils.isZero) return null;
  const resources = pairwiseSum(counted.map((school) => school.resource));
  const squares = pairwiseSum(counted.map((school) => school.resource.times(school.resource).dividedBy(school.pupils)));
  const mean = resources.dividedBy(pupils);
  const variance = squares.dividedBy(pupils).minus(mean.times(mean));
  const cvSquared = resources.isZero
    ? null
    : pupils.times(squares).dividedBy(resources.times(resources)).minus(Rational.one);
  return { pupils, resources, squares, mean, variance, cvSquared };
}

/** The square root rounded to `digits` decimals, halves up: cutting off one digit later decides the half exactly. */
export function roundedRoot(square: Rational, digits: number): string {
  return square.sqrt(digits + 1).toDecimal(digits);
}

/** √`square` ≤ `limit`, exactly: by the squares, never by a rounded root. */
export function rootIsWithin(square: Rational, limit: Rational): boolean {
  return square.compare(limit.times(limit)) <= 0;
}

/**
 * (√a₁ + … + √aₙ) / n ≤ `limit`, exactly: the roots are bracketed with more and more digits until the limit lies
 * outside. A sum of roots is rational only when every root is, so equality is decided apart and the search ends. That
 * costs most, so it waits until the first bracket has left the question open.
 */
export function meanOfRootsIsWithin(squares: readonly Rational[], limit: Rational): boolean {
  const target = limit.times(Rational.of(squares.length));
  for (let digits = 16; ; digits *= 2) {
    const low = Rational.sum(squares.map((square) => square.sqrt(digits)));
    const high = low.plus(Rational.of(squares.length).dividedBy(Rational.of(10n ** BigInt(digits))));
    if (high.compare(target) <= 0) return true;
    if (low.compare(target) > 0) return false;
    const roots = digits === 16 ? squares.map(exactRoot) : [];
    if (roots.length > 0 && roots.every((root) => root !== null)) return Rational.sum(roots).compare(target) <= 0;
  }
}

/** The mean of the roots, rounded to `digits` decimals; the guard digits make a wrong last digit practically impossible. */
export function meanOfRoots(squares: readonly Rational[], digits: number): Rational {
  const sum = Rational.sum(squares.map((square) => square.sqrt(digits + 12)));
  return Rational.of(sum.dividedBy(Rational.of(squares.length)).toFixed(digits));
}

/** A verdict that printing could turn: |cv − limit| ≤ `within`, or the printed figure lies on the limit's other side. */
export function isBorderline(
  cv: Rational,
  isWithin: boolean,
  limit: Rational,
  rule: { readonly within: string; readonly printedDecimals: number },
): boolean {
  const distance = cv.minus(limit);
  const size = distance.compare(Rational.zero) < 0 ? Rational.zero.minus(distance) : distance;
  if (size.compare(Rational.of(rule.within)) <= 0) return true;
  return Rational.of(cv.toFixed(rule.printedDecimals)).compare(limit) <= 0 !== isWithin;
}

/** √a when it is a fraction: √(n/d) = √(n·d)/d, and n·d is a square or it is not. */
function exactRoot(square: Rational): Rational | null {
  const product = Rational.of(square.numerator * square.denominator);
  const root = product.sqrt(0);
  return root.times(root).compare(product) === 0 ? root.dividedBy(Rational.of(square.denominator)) : null;
}

/** Adding neighbours first keeps the unreduced fractions short, which halves the time of a county. */
function pairwiseSum(values: readonly Rational[]): Rational {
  if (values.length <= 4) return Rational.sum(values);
  const middle = values.length >> 1;
  return pairwiseSum(values.slice(0, middle)).plus(pairwiseSum(values.slice(middle)));
}
