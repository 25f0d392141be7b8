import type { DemoStep } from './step.js';

export interface Scale {
  readonly counties: number;
  readonly schoolsPerCounty: number;
  readonly years: number;
  readonly seed?: number;
}

/** Made-up counties of any number, the same for the same seed; lazily, as a country does not fit in memory. */
export function* scalePlan(scale: Scale): Generator<DemoStep> {
  throw new Error(String(scale.counties));
}
