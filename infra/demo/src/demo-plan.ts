import type { DemoStep } from './step.js';

/** Every command that builds the demo, in an order in which each is accepted. */
export function demoPlan(): DemoStep[] {
  return [];
}
