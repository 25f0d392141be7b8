import { Rational } from '@junheng/kernel';
import type { CompositeAssessment, IndicatorAssessment, Interval, Measured, Verdict } from './assessment.js';
import {
  dispersion,
  type Dispersion,
  isBorderline,
  meanOfRoots,
  meanOfRootsIsWithin,
  rootIsWithin,
  roundedRoot,
  type Weighted,
} from './coefficient-of-variation.formula.js';
import { type Bounds, cvBounds, type CvBounds } from './interval.formula.js';
import { allOf } from './school-verdict.formula.js';
import type { Balance } from './standard.js';

const DIGITS = 12;
const ULP = Rational.one.dividedBy(Rational.of(10n ** BigInt(DIGITS)));

/** One indicator over the counted units of a stage, with everything exact that a verdict may still need. */
export interface Spread {
  readonly indicator: string;
  readonly units: number;
  readonly missing: readonly string[];
  readonly known: Dispersion | null;
  /** `null` when nothing is missing, or when nothing is known. */
  readonly bounds: CvBounds | null;
}

export function spread(
  indicator: string,
  known: readonly Weighted[],
  missing: readonly ({ readonly school: string } & Bounds)[],
): Spread {
  const measured = dispersion(known);
  const bounds = measured === null || missing.length === 0 ? null : cvBounds(measured, missing);
  return { indicator, units: known.length, missing: missing.map(({ school }) => school), known: measured, bounds };
}

/** 差异系数 of one indicator under the standard's rule. While schools are missing, only an interval can decide. */
export function indicatorAssessment(spread: Spread, balance: Balance, limit: Rational): IndicatorAssessment {
  const measured = measure(spread);
  const square = spread.known?.cvSquared ?? null;
  const isLimited = balance.rule === 'each';
  let within: boolean | null = null;
  if (isLimited && measured.status === 'known' && square !== null) within = rootIsWithin(square, limit);
  if (isLimited && spread.bounds !== null) within = boundsWithin(spread.bounds, limit);
  const cv = measured.cv === null ? null : Rational.of(measured.cv);
  return {
    ...measured,
    indicator: spread.indicator,
    limit: isLimited ? limit.toDecimal(DIGITS) : null,
    within,
    borderline: cv !== null && within !== null && isBorderline(cv, within, limit, balance.borderline),
    units: spread.units,
    missing: spread.missing,
  };
}

/** 综合差异系数: the mean of the unrounded coefficients, compared without taking a rounded root. */
export function compositeAssessment(
  spreads: readonly Spread[],
  balance: Balance,
  limit: Rational,
): CompositeAssessment {
  const statuses = spreads.map((each) => measure(each).status);
  const status =
    (['not-applicable', 'undefined', 'incomplete'] as const).find((each) => statuses.includes(each)) ?? 'known';
  const nothing: CompositeAssessment = {
    status,
    cv: null,
    interval: null,
    limit: limit.toDecimal(DIGITS),
    within: null,
    borderline: false,
  };
  if (status === 'incomplete') {
    const interval = meanInterval(spreads);
    if (interval === null) return nothing;
    const isUnder = interval.high !== null && Rational.of(interval.high).compare(limit) <= 0;
    const isOver = Rational.of(interval.low).compare(limit) > 0;
    return { ...nothing, interval, within: isUnder ? true : isOver ? false : null };
  }
  const squares = spreads.flatMap(({ known }) => known?.cvSquared ?? []);
  if (status !== 'known') return nothing;
  const cv = meanOfRoots(squares, DIGITS);
  const within = meanOfRootsIsWithin(squares, limit);
  return {
    ...nothing,
    cv: cv.toDecimal(DIGITS),
    within,
    borderline: isBorderline(cv, within, limit, balance.borderline),
  };
}

/** Whether a stage is balanced; `null` when the county has no unit of it. */
export function balanceVerdict(
  parts: readonly { readonly status: string; readonly within: boolean | null }[],
): Verdict | null {
  if (parts.every(({ status }) => status === 'not-applicable')) return null;
  return allOf(parts.map(({ within }) => (within === null ? 'incomplete' : within ? 'pass' : 'fail')));
}

function measure({ known, bounds, missing }: Spread): Measured {
  const unknown = { mean: null, deviation: null, cv: null, interval: null, ofReported: null };
  if (known === null) return { ...unknown, status: missing.length > 0 ? 'incomplete' : 'not-applicable' };
  const figures = {
    mean: known.mean.toDecimal(DIGITS),
    deviation: roundedRoot(known.variance, DIGITS),
    cv: known.cvSquared === null ? null : roundedRoot(known.cvSquared, DIGITS),
  };
  if (bounds !== null) return { ...unknown, status: 'incomplete', interval: outward(bounds), ofReported: figures };
  return { ...unknown, ...figures, status: known.cvSquared === null ? 'undefined' : 'known' };
}

/** Rounded outward, so that the printed interval still encloses. */
function outward({ lowSquared, highSquared }: CvBounds): Interval {
  const high = highSquared?.sqrt(DIGITS).plus(ULP).toDecimal(DIGITS) ?? null;
  return { low: lowSquared.sqrt(DIGITS).toDecimal(DIGITS), high };
}

function boundsWithin({ lowSquared, highSquared }: CvBounds, limit: Rational): boolean | null {
  if (highSquared !== null && rootIsWithin(highSquared, limit)) return true;
  return rootIsWithin(lowSquared, limit) ? null : false;
}

/** Each coefficient lies in its interval, so their mean lies in the mean of the intervals. */
function meanInterval(spreads: readonly Spread[]): Interval | null {
  const ends = spreads.map(({ known, bounds }) => {
    if (bounds !== null) return outward(bounds);
    const square = known?.cvSquared ?? null;
    return square === null ? null : outward({ lowSquared: square, highSquared: square });
  });
  if (ends.includes(null)) return null;
  const mean = (values: readonly Rational[]) => Rational.sum(values).dividedBy(Rational.of(values.length));
  const lows = ends.map((end) => Rational.of(end?.low ?? '0'));
  const highs = ends.flatMap((end) => (end?.high == null ? [] : [Rational.of(end.high)]));
  const low = mean(lows);
  const floor = Rational.of(low.toFixed(DIGITS));
  return {
    low: (floor.compare(low) > 0 ? floor.minus(ULP) : floor).toDecimal(DIGITS),
    high: highs.length < ends.length ? null : mean(highs).plus(ULP).toDecimal(DIGITS),
  };
}
