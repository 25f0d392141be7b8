export { decided, type DecidedStep } from './decided.js';
export { demoPlan } from './demo-plan.js';
export { type Scale, scalePlan } from './scale-plan.js';
export type { Stated } from './stated.js';
export type { DemoActor, DemoStep } from './step.js';
