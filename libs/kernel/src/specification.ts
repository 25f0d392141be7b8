import { deepStrictEqual, fail } from 'node:assert/strict';
import { type Decider, fold, type Message } from './decider.js';
import { type RefusalDetails, RuleViolation } from './rule-violation.js';

/**
 * given / when / then for a decider. Events are compared whole and in order, and must survive JSON;
 * a refusal must carry the code. An unexpected error is never taken for a refusal.
 */
export function specification<State, Command extends Message, Event extends Message>(
  decider: Decider<State, Command, Event>,
) {
  return (...history: readonly Event[]) => ({
    when: (command: Command) => {
      const decide = () => decider.decide(command, fold(decider, history));
      const then = (...expected: readonly Event[]) => {
        const events = decide();
        deepStrictEqual(events, expected);
        deepStrictEqual(JSON.parse(JSON.stringify(events)), events);
        fold(decider, [...history, ...events]);
      };
      return {
        then,
        thenNothing: () => then(),
        thenRefused: (code: string, details: RefusalDetails = {}) => {
          let events: readonly Event[];
          try {
            events = decide();
          } catch (refusal) {
            if (!(refusal instanceof RuleViolation)) throw refusal;
            deepStrictEqual(refusal.code, code);
            for (const [key, value] of Object.entries(details)) deepStrictEqual(refusal.details[key], value);
            return;
          }
          fail(`expected the refusal ${code}, got ${JSON.stringify(events)}`);
        },
      };
    },
  });
}
