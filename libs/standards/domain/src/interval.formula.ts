import { Rational } from '@junheng/kernel';
import type { Dispersion } from './coefficient-of-variation.formula.js';

/** What is known of a school whose figure is missing: bounds on its pupils P and on its value x/P. */
export interface Bounds {
  readonly pupils: { readonly low: Rational; readonly high: Rational };
  readonly value: { readonly low: Rational; readonly high: Rational };
}

/** Squares of the least and the greatest coefficient; `high` is `null` when nothing bounds it. */
export interface CvBounds {
  readonly lowSquared: Rational;
  readonly highSquared: Rational | null;
}

/** Up to so many schools with known pupils, every combination of their extreme values is tried. */
const ENUMERABLE = 6;

/**
 * Encloses the coefficient of variation over every way in which the missing schools may still report.
 *
 * Write E for the mean weighted by pupils and y for a school's value. For every a > 0
 *
 *     κ = CV² / (1 + CV²) = min over a of E(ay − 1)²,     CV² = κ / (1 − κ)
 *
 * (expand the square: the minimum 1 − (Ey)²/Ey² is at a = Ey/Ey²). So
 *
 * - above: for any a, κ ≤ the greatest E(ay − 1)² of any completion. The square is convex in y, so each missing school
 *   sits at an end of its range, with many pupils if that raises the mean and few otherwise.
 * - below: the least (ay − 1)² of a school over its range is convex in a, so its tangent at any a₀ lies below it. What
 *   remains is a parabola in a, whose lowest point is a fraction.
 *
 * Both hold for every a and a₀, so these are searched with floats and then used as exact fractions: a poor search
 * widens the interval and never falsifies it. With pupils known, the lower end is met to twelve decimals, and for few
 * schools the upper end too: for known weights CV is greatest where every missing value is at an end (CV is
 * quasi-convex in each), so those combinations are tried one by one. Units: values as in `known`; CV has none.
 */
export function cvBounds(known: Dispersion, missing: readonly Bounds[]): CvBounds {
  if (known.resources.isZero) return { lowSquared: Rational.zero, highSquared: null };
  return { lowSquared: lowest(known, missing), highSquared: highest(known, missing) };
}

function lowest(known: Dispersion, missing: readonly Bounds[]): Rational {
  const scale = toFloat(known.mean);
  const a0 = toRational(
    leastPoint((b) => {
      const parts = missing.map((school) => {
        const low = (b * toFloat(school.value.low)) / scale - 1;
        const high = (b * toFloat(school.value.high)) / scale - 1;
        return toFloat(school.pupils.low) * (low > 0 ? low * low : high < 0 ? high * high : 0);
      });
      return knownPart(known, b) + sum(parts);
    }) / scale,
  );
  let constant = known.pupils;
  let slope = known.resources.times(Rational.of(-2));
  let pupils = known.pupils;
  for (const school of missing) {
    pupils = pupils.plus(school.pupils.high);
    const nearest = nearestTo(a0, school.value);
    if (nearest === null) continue;
    const residue = a0.times(nearest).minus(Rational.one);
    const gradient = residue.times(nearest).times(Rational.of(2));
    constant = constant.plus(school.pupils.low.times(residue.times(residue).minus(gradient.times(a0))));
    slope = slope.plus(school.pupils.low.times(gradient));
  }
  const least = constant.minus(slope.times(slope).dividedBy(known.squares.times(Rational.of(4))));
  if (least.compare(Rational.zero) <= 0) return Rational.zero;
  return odds(least.dividedBy(pupils)) ?? Rational.zero;
}

function highest(known: Dispersion, missing: readonly Bounds[]): Rational | null {
  const pupilsKnown = missing.every(({ pupils }) => pupils.low.compare(pupils.high) === 0);
  if (pupilsKnown && missing.length <= ENUMERABLE) return highestOfEnds(known, missing);
  const scale = toFloat(known.mean);
  const a = toRational(
    leastPoint((b) => {
      const parts = missing.map(({ pupils, value }) => ({
        low: toFloat(pupils.low),
        high: toFloat(pupils.high),
        square: Math.max(((b * toFloat(value.low)) / scale - 1) ** 2, ((b * toFloat(value.high)) / scale - 1) ** 2),
      }));
      parts.sort((one, other) => other.square - one.square);
      let weight = toFloat(known.pupils) + sum(parts.map(({ low }) => low));
      let total = knownPart(known, b) + sum(parts.map(({ low, square }) => low * square));
      for (const { low, high, square } of parts) {
        if (square * weight <= total) break;
        weight += high - low;
        total += (high - low) * square;
      }
      return total / weight;
    }) / scale,
  );
  return odds(greatestMean(known, missing, a));
}

/** The greatest E(ay − 1)²: farthest values first, each with its most pupils while that still raises the mean. */
function greatestMean(known: Dispersion, missing: readonly Bounds[], a: Rational): Rational {
  const parts = missing.map(({ pupils, value }) => {
    const [low, high] = [squaredResidue(a, value.low), squaredResidue(a, value.high)];
    return { pupils, square: low.compare(high) >= 0 ? low : high };
  });
  parts.sort((one, other) => other.square.compare(one.square));
  let weight = known.pupils.plus(Rational.sum(parts.map(({ pupils }) => pupils.low)));
  let total = known.pupils
    .minus(a.times(known.resources).times(Rational.of(2)))
    .plus(a.times(a).times(known.squares))
    .plus(Rational.sum(parts.map(({ pupils, square }) => pupils.low.times(square))));
  for (const { pupils, square } of parts) {
    if (square.times(weight).compare(total) <= 0) break;
    const more = pupils.high.minus(pupils.low);
    weight = weight.plus(more);
    total = total.plus(more.times(square));
  }
  return total.dividedBy(weight);
}

function highestOfEnds(known: Dispersion, missing: readonly Bounds[]): Rational {
  const pupils = known.pupils.plus(Rational.sum(missing.map((school) => school.pupils.low)));
  let greatest = Rational.zero;
  for (let ends = 0; ends < 1 << missing.length; ends += 1) {
    let { resources, squares } = known;
    missing.forEach((school, index) => {
      const value = ends & (1 << index) ? school.value.high : school.value.low;
      const resource = value.times(school.pupils.low);
      resources = resources.plus(resource);
      squares = squares.plus(resource.times(value));
    });
    const cvSquared = pupils.times(squares).dividedBy(resources.times(resources)).minus(Rational.one);
    if (cvSquared.compare(greatest) > 0) greatest = cvSquared;
  }
  return greatest;
}

/** The value of the range nearest to 1/a, or `null` when 1/a lies in it. */
function nearestTo(a: Rational, range: Bounds['value']): Rational | null {
  if (a.times(range.low).compare(Rational.one) > 0) return range.low;
  return a.times(range.high).compare(Rational.one) < 0 ? range.high : null;
}

function squaredResidue(a: Rational, value: Rational): Rational {
  const residue = a.times(value).minus(Rational.one);
  return residue.times(residue);
}

function odds(kappa: Rational): Rational | null {
  return kappa.compare(Rational.one) >= 0 ? null : kappa.dividedBy(Rational.one.minus(kappa));
}

/** Σ P (by/X̄ − 1)² of the schools that reported. */
function knownPart({ pupils, resources, squares, mean }: Dispersion, b: number): number {
  const [count, total, spread, centre] = [toFloat(pupils), toFloat(resources), toFloat(squares), toFloat(mean)];
  return count - (2 * b * total) / centre + (b * b * spread) / (centre * centre);
}

/** Where a convex function of (0, 4) is least, nearly: golden-section search. */
function leastPoint(f: (b: number) => number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [left, right] = [0, 4];
  for (let step = 0; step < 60; step += 1) {
    const width = (right - left) * golden;
    if (f(right - width) <= f(left + width)) right = left + width;
    else left = right - width;
  }
  return (left + right) / 2;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const toFloat = (value: Rational) => Number(value.toFixed(18));
const toRational = (value: number) =>
  Rational.of(BigInt(Math.round(value * 2 ** 52))).dividedBy(Rational.of(2n ** 52n));
