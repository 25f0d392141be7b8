import type { Figure, Figures } from '@junheng/reporting-contract';
import { sameFigure } from './figure.js';

/** A figure that is not what it was; `undefined` is "not entered", which is not the unknown `null`. */
export interface Difference {
  readonly field: string;
  readonly before: Figure | undefined;
  readonly after: Figure | undefined;
}

/** What changed between two sets of figures: with the approved ones first, everything since the last approval. */
export function difference(before: Figures, after: Figures): readonly Difference[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => !sameFigure(before[field], after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
}
