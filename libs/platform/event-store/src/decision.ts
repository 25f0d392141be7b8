import type { Decider, Message } from '@junheng/kernel';
import type { Claim } from './ledger.js';

export interface DecisionOptions {
  readonly expectedVersion?: number;
  readonly claims?: readonly Claim[];
}

/** A command for one stream together with the rules that decide it. */
export interface Decision extends DecisionOptions {
  readonly category: string;
  readonly id: string;
  readonly command: Message;
  readonly decider: Decider<unknown, Message, Message>;
}

export function decision<S, C extends Message, E extends Message>(
  decider: Decider<S, C, E>,
  category: string,
  id: string,
  command: C,
  expectedVersion?: number,
  claims: readonly Claim[] = [],
): Decision {
  return {
    // The state never leaves the store, so what its own decider folded is what its own decider gets.
    decider: decider,
    category,
    id,
    command,
    claims,
    ...(expectedVersion === undefined ? {} : { expectedVersion }),
  };
}
