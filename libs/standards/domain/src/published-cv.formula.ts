import { Rational } from '@junheng/kernel';
import type { IndicatorAssessment, PublishedAssessment, PublishedRow } from './assessment.js';
import { balanceVerdict } from './balance.formula.js';
import { isBorderline } from './coefficient-of-variation.formula.js';
import type { EvaluatedStage, Standard } from './standard.js';

const DIGITS = 12;

/**
 * A county's published coefficients under a standard. The composite is the mean of the printed coefficients; a printed
 * composite may come from unrounded ones, and then lies within half a unit of the last place of both.
 */
export function assessPublished(standard: Standard, row: PublishedRow): PublishedAssessment {
  const { balance } = standard;
  const stage = row.stage as EvaluatedStage;
  const limit = Rational.of(balance?.limits[stage] ?? '0');
  const isEach = balance?.rule === 'each';
  const indicators = (balance?.indicators ?? []).map((indicator): IndicatorAssessment => {
    const printed = row.cvs[indicator] ?? null;
    const cv = printed === null ? null : Rational.of(printed);
    const within = isEach && cv !== null ? cv.compare(limit) <= 0 : null;
    return {
      indicator,
      status: cv === null ? 'incomplete' : 'known',
      mean: row.means[indicator] ?? null,
      deviation: null,
      cv: printed,
      interval: null,
      ofReported: null,
      limit: isEach ? limit.toDecimal(DIGITS) : null,
      within,
      borderline:
        balance !== null && cv !== null && within !== null && isBorderline(cv, within, limit, balance.borderline),
      units: 0,
      missing: [],
    };
  });
  const cvs = indicators.flatMap(({ cv }) => (cv === null ? [] : [Rational.of(cv)]));
  const isWhole = cvs.length > 0 && cvs.length === indicators.length;
  const mean = isWhole ? Rational.sum(cvs).dividedBy(Rational.of(cvs.length)) : null;
  const within = mean === null ? null : mean.compare(limit) <= 0;
  const composite =
    balance?.rule === 'composite'
      ? {
          status: mean === null ? ('incomplete' as const) : ('known' as const),
          cv: mean?.toDecimal(DIGITS) ?? null,
          interval: null,
          limit: limit.toDecimal(DIGITS),
          within,
          borderline: mean !== null && within !== null && isBorderline(mean, within, limit, balance.borderline),
        }
      : null;
  const deciding = composite === null ? indicators : [composite];
  return {
    county: row.county,
    stage: row.stage,
    indicators,
    composite,
    balance: balanceVerdict(deciding),
    borderline: deciding.some((each) => each.borderline),
    printedComposite: row.composite,
    agreement: mean === null || row.composite === null ? null : agreement(row, mean),
  };
}

function agreement(row: PublishedRow, mean: Rational): 'equal' | 'unrounded' | 'contradicts' {
  const printed = row.composite ?? '';
  if (mean.toFixed(decimals(printed)) === printed) return 'equal';
  const parts = Object.values(row.cvs).flatMap((cv) => (cv === null ? [] : [halfUnit(cv)]));
  const slack = Rational.sum(parts)
    .dividedBy(Rational.of(Math.max(parts.length, 1)))
    .plus(halfUnit(printed));
  const difference = mean.minus(Rational.of(printed));
  const size = difference.compare(Rational.zero) < 0 ? Rational.zero.minus(difference) : difference;
  return size.compare(slack) <= 0 ? 'unrounded' : 'contradicts';
}

function decimals(printed: string): number {
  return printed.includes('.') ? printed.length - printed.indexOf('.') - 1 : 0;
}

function halfUnit(printed: string): Rational {
  return Rational.one.dividedBy(Rational.of(2n * 10n ** BigInt(decimals(printed))));
}
