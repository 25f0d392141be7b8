import { Rational } from '@junheng/kernel';
import type { StageAssessment } from '@junheng/standards';

/** How one coefficient moved from one school year to the next; a fall is what evens schools out. */
export interface CvMove {
  readonly stage: StageAssessment['stage'];
  /** The indicator, or `composite`. */
  readonly measure: string;
  readonly before: string | null;
  readonly now: string | null;
  /** `null` while either is unknown. */
  readonly change: string | null;
}

const DIGITS = 12;

/** Every coefficient of this year beside that of the year before; empty when that year was not evaluated. */
export function cvMoves(stages: readonly StageAssessment[], before: readonly StageAssessment[] | null): CvMove[] {
  if (before === null) return [];
  return stages.flatMap((now) => {
    const earlier = cvsOf(before.find(({ stage }) => stage === now.stage));
    return [...cvsOf(now)].map(([measure, cv]) => move(now.stage, measure, earlier.get(measure) ?? null, cv));
  });
}

function cvsOf(stage: StageAssessment | undefined): ReadonlyMap<string, string | null> {
  const cvs = new Map(stage?.indicators.map(({ indicator, cv }) => [indicator, cv]));
  return stage?.composite ? cvs.set('composite', stage.composite.cv) : cvs;
}

function move(stage: CvMove['stage'], measure: string, before: string | null, now: string | null): CvMove {
  const isKnown = before !== null && now !== null;
  const change = isKnown ? Rational.of(now).minus(Rational.of(before)).toDecimal(DIGITS) : null;
  return { stage, measure, before, now, change };
}
