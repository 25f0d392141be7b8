import { fold, type Message, RuleViolation } from '@junheng/kernel';
import { hash } from 'node:crypto';
import type { Append, StreamAppend } from './append.js';
import { canonicalJson, isPlain, isStorable, storable } from './canonical-json.js';
import type { Decision } from './decision.js';
import type { Who } from './ledger.js';
import type { StreamState } from './stream-states.js';
import { newestVersion, type Upcasts } from './upcast.js';

/** What the rules make of a command, given the streams as they are known. */
export type Proposal =
  | { readonly kind: 'events'; readonly events: readonly (readonly Message[])[] }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refusal'; readonly violation: RuleViolation }
  /** The caller has another version of a stream in mind. */
  | { readonly kind: 'elsewhere' };

export function propose(decisions: readonly Decision[], states: readonly StreamState[]): Proposal {
  const events: (readonly Message[])[] = [];
  for (const [index, { decider, command, expectedVersion }] of decisions.entries()) {
    const { state = decider.initial, version = 0 } = states[index] ?? {};
    if (expectedVersion !== undefined && expectedVersion !== version) return { kind: 'elsewhere' };
    try {
      events.push(decider.decide(command, state));
    } catch (violation) {
      if (!(violation instanceof RuleViolation)) throw violation;
      return { kind: 'refusal', violation };
    }
  }
  return events.some((added) => added.length > 0) ? { kind: 'events', events } : { kind: 'nothing' };
}

export interface Envelope {
  readonly tenant: string;
  readonly decisions: readonly Omit<Decision, 'decider'>[];
  readonly who: Who;
  readonly commandId: string;
}

// No stream has this version: the ledger then tells a command it knows from one that comes too late.
const NOWHERE = -1;

export function toAppend(
  { tenant, decisions, who, commandId }: Envelope,
  proposal: Proposal,
  versions: readonly (number | undefined)[],
  upcasts: Upcasts,
): Append {
  const { scope, ...meta } = who;
  const streams = decisions.map(({ category, id, claims = [] }, index): StreamAppend => {
    const stream = streamOf(category, id);
    if (proposal.kind === 'refusal') return { stream, events: [] };
    if (proposal.kind === 'elsewhere') return { stream, events: [], expectedVersion: NOWHERE };
    const added = proposal.kind === 'events' ? (proposal.events[index] ?? []) : [];
    const events = added.map(({ type, ...data }) => {
      return { type, typeVersion: newestVersion(upcasts, type), payload: canonicalJson(data) };
    });
    const expectedVersion = versions[index];
    return { stream, events, claims, ...(expectedVersion === undefined ? {} : { expectedVersion }) };
  });
  const asked = decisions.map(({ category, id, command }) => [category, id, command]);
  const append = {
    tenant,
    commandId,
    commandType: decisions.map(({ command }) => command.type).join(' '),
    // The caller belongs to it: someone else's command id opens nobody's receipt.
    payloadHash: hash('sha256', canonicalJson([who.actor, asked]), 'hex'),
    scope,
    meta: canonicalJson(meta),
    streams,
  };
  const ids = [tenant, commandId, append.commandType, ...streams.map(({ stream }) => stream)];
  if (!ids.every(isPlain) || !isStorable(append.meta)) throw unstorable();
  const violation = proposal.kind === 'refusal' ? proposal.violation : unstorableEvents(streams);
  if (!violation) return append;
  const { code, message, details } = violation;
  return {
    ...append,
    streams: streams.map(({ stream }) => ({ stream, events: [] })),
    refusal: storable(canonicalJson({ code, message, details })),
  };
}

function unstorableEvents(streams: readonly StreamAppend[]): RuleViolation | undefined {
  const stored = streams.every(({ events }) => events.every(({ payload }) => isStorable(payload)));
  return stored ? undefined : unstorable();
}

function unstorable(): RuleViolation {
  return new RuleViolation('TEXT_UNSTORABLE', 'Text holds a character that cannot be stored: NUL, or half of a pair.');
}

export function streamOf(category: string, id: string): string {
  if (!/^[a-zA-Z]+$/.test(category)) throw new TypeError(`"${category}" cannot name a category.`);
  return `${category}-${id}`;
}

/** The states that the events of an accepted command lead to. */
export function foldOn(states: readonly StreamState[], { kind, ...proposal }: Proposal, asOf: number): StreamState[] {
  const events = kind === 'events' ? (proposal as { events: readonly (readonly Message[])[] }).events : [];
  return states.map(({ decider, state, version }, index) => {
    const added = events[index] ?? [];
    return { decider, state: fold(decider, added, state), version: version + added.length, asOf };
  });
}
