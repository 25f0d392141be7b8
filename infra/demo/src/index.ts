export type { DemoActor, DemoStep } from './step.js';
export { demoPlan } from './demo-plan.js';
export { type Scale, scalePlan } from './scale-plan.js';
