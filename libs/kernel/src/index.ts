export { type Decider, fold, type Message } from './decider.js';
export { Rational } from './rational.js';
export { type RefusalDetails, RuleViolation } from './rule-violation.js';
