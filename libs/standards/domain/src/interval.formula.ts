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

const SCALE = 10n ** 40n;

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
  const search = searchOf(known, missing);
  const lowSquared = lowest(known, missing, search.forLow());
  const pupilsKnown = missing.every(({ pupils }) => pupils.low.compare(pupils.high) === 0);
  const highSquared =
    pupilsKnown && missing.length <= ENUMERABLE
      ? highestOfEnds(known, missing)
      : odds(greatestMean(known, missing, search.forHigh()));
  return { lowSquared, highSquared };
}

function lowest(known: Dispersion, missing: readonly Bounds[], a0: Rational): Rational {
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

/** The greatest E(ay − 1)²: farthest values first, each with its most pupils while that still raises the mean. */
function greatestMean(known: Dispersion, missing: readonly Bounds[], a: Rational): Rational {
  const parts = missing.map(({ pupils, value }) => {
    const [low, high] = [squaredResidue(a, value.low), squaredResidue(a, value.high)];
    return { pupils, square: low.compare(high) >= 0 ? low : high };
  });
  parts.sort((one, other) => other.square.compare(one.square));
  const ofKnown = known.pupils
    .minus(a.times(known.resources).times(Rational.of(2)))
    .plus(a.times(a).times(known.squares));
  let weight = known.pupils.plus(Rational.sum(parts.map(({ pupils }) => pupils.low)));
  let total = Rational.sum([ofKnown, ...parts.map(({ pupils, square }) => pupils.low.times(square))].map(roundedUp));
  for (const { pupils, square } of parts) {
    if (square.times(weight).compare(total) <= 0) break;
    const more = pupils.high.minus(pupils.low);
    weight = weight.plus(more);
    total = total.plus(roundedUp(more.times(square)));
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

/** Where a convex function is least between e⁻⁷ and e⁷, nearly: golden-section search along the logarithm. */
function leastPoint(f: (b: number) => number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  const at = (u: number) => ({ u, value: f(Math.exp(u)) });
  let [left, right] = [-7, 7];
  let [low, high] = [at(right - (right - left) * golden), at(left + (right - left) * golden)];
  for (let step = 0; step < 45; step += 1) {
    if (low.value <= high.value) {
      [right, high] = [high.u, low];
      low = at(right - (right - left) * golden);
    } else {
      [left, low] = [low.u, high];
      high = at(left + (right - left) * golden);
    }
  }
  return Math.exp((left + right) / 2);
}

/** The same functions of a in floats, with every value as a part of the mean, so that a lies near 1. */
function searchOf(known: Dispersion, missing: readonly Bounds[]) {
  const mean = toFloat(known.mean);
  const [count, total, squares] = [
    toFloat(known.pupils),
    toFloat(known.resources) / mean,
    toFloat(known.squares) / (mean * mean),
  ];
  const schools = missing.map(({ pupils, value }) => ({
    fewest: toFloat(pupils.low),
    most: toFloat(pupils.high),
    low: toFloat(value.low) / mean,
    high: toFloat(value.high) / mean,
  }));
  const ofKnown = (b: number) => count - 2 * b * total + b * b * squares;
  const ofNearest = (b: number) =>
    schools.reduce((sum, { fewest, low, high }) => {
      const residue = Math.max(b * low - 1, 0, 1 - b * high);
      return sum + fewest * residue * residue;
    }, ofKnown(b));
  const ofFarthest = (b: number) => {
    const parts = schools.map(({ fewest, most, low, high }) => {
      const square = Math.max((b * low - 1) ** 2, (b * high - 1) ** 2);
      return { fewest, more: most - fewest, square };
    });
    parts.sort((one, other) => other.square - one.square);
    let weight = parts.reduce((sum, { fewest }) => sum + fewest, count);
    let sum = parts.reduce((part, { fewest, square }) => part + fewest * square, ofKnown(b));
    for (const { more, square } of parts) {
      if (square * weight <= sum) break;
      weight += more;
      sum += more * square;
    }
    return sum / weight;
  };
  const scaled = (b: number) => toRational(b / mean);
  return { forLow: () => scaled(leastPoint(ofNearest)), forHigh: () => scaled(leastPoint(ofFarthest)) };
}

const toFloat = (value: Rational) => Number(value.toFixed(18));

/** A float as the fraction that it is, with some fifty binary digits. */
function toRational(value: number): Rational {
  const places = 50 - Math.floor(Math.log2(value));
  const scale = Rational.of(2n ** BigInt(Math.abs(places)));
  const digits = Rational.of(BigInt(Math.round(value * 2 ** places)));
  return places >= 0 ? digits.dividedBy(scale) : digits.times(scale);
}

/** Not below the value and at most 10⁻⁴⁰ above it, over one denominator for all: sums of such stay short. */
function roundedUp(value: Rational): Rational {
  return Rational.of((value.numerator * SCALE) / value.denominator + 1n).dividedBy(Rational.of(SCALE));
}
