/**
 * The rules of one aggregate: what a command adds to its history, and what that history amounts to.
 *
 * `decide` is synchronous and knows no clock, id or database: what it needs from outside rides in the command.
 * It returns `[]` when nothing changes and throws {@link RuleViolation} when the command must be refused.
 * `evolve` never throws: a recorded fact cannot be refused.
 */
export interface Decider<State, Command extends Message, Event extends Message> {
  readonly initial: State;
  decide(command: Command, state: State): readonly Event[];
  evolve(state: State, event: Event): State;
}

/** A command or an event: plain JSON, told apart by `type`. */
export interface Message {
  readonly type: string;
}

export function fold<State, Command extends Message, Event extends Message>(
  decider: Decider<State, Command, Event>,
  events: Iterable<Event>,
  state: State = decider.initial,
): State {
  for (const event of events) state = decider.evolve(state, event);
  return state;
}
