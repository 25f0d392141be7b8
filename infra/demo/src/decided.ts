import { countyCondition, shortfall, standardAdoption, standardPublication } from '@junheng/evaluation-domain';
import { type Decider, fold, type Message } from '@junheng/kernel';
import { region, school } from '@junheng/register-domain';
import {
  annualReturn,
  campaign,
  campaignId,
  type CampaignState,
  factsOn,
  type ReturnContext,
  schoolHistory,
} from '@junheng/reporting-domain';
import type { Stated } from './stated.js';
import type { DemoStep } from './step.js';

/** A step with the events that its command added to its stream. */
export interface DecidedStep {
  readonly step: DemoStep;
  readonly events: readonly Message[];
}

type AnyDecider = Decider<unknown, Message, Message>;

/** A decider takes no other commands than its own; the plan pairs them by category. */
const deciders = {
  region,
  school,
  campaign,
  annualReturn,
  standard: standardPublication,
  adoption: standardAdoption,
  shortfall,
  condition: countyCondition,
} as unknown as Readonly<Record<keyof Stated, AnyDecider>>;

/**
 * Runs a plan through the real deciders in memory: what the ledger would hold, without a database. Throws the
 * RuleViolation of the first step that is refused. A command id that was there adds nothing, as in the store.
 */
export function* decided(steps: Iterable<DemoStep>, now: string): Generator<DecidedStep> {
  const states = new Map<string, unknown>();
  const histories = new Map<string, ReturnType<typeof historyOf>>();
  const state = (step: DemoStep) => states.get(streamOf(step)) ?? deciders[step.category].initial;
  const known = new Set<string>();
  for (const step of steps) {
    const name = `${step.tenant} ${step.commandId}`;
    if (known.has(name)) {
      yield { step, events: [] };
      continue;
    }
    known.add(name);
    const decider = deciders[step.category];
    const command = { ...step.command, ...contextOf(step, now, states, histories) };
    const events = decider.decide(command, state(step));
    states.set(streamOf(step), fold(decider, events, state(step)));
    if (step.category === 'school') histories.set(step.id, historyOf(events, histories.get(step.id)));
    yield { step, events };
  }
}

function streamOf({ tenant, category, id }: Pick<DemoStep, 'tenant' | 'category' | 'id'>): string {
  return `${tenant}/${category}-${id}`;
}

function historyOf(events: readonly Message[], before = schoolHistory.initial) {
  return fold(schoolHistory as unknown as Decider<typeof before, Message, Message>, events, before);
}

/** What the handlers would look up. */
function contextOf(
  { tenant, category, command }: DemoStep,
  now: string,
  states: ReadonlyMap<string, unknown>,
  histories: ReadonlyMap<string, ReturnType<typeof historyOf>>,
): { readonly context?: ReturnContext | { readonly now: string } } {
  if (category === 'campaign') return { context: { now } };
  if (category !== 'annualReturn') return {};
  const { school: code, schoolYear } = command;
  const known = states.get(streamOf({ tenant, category: 'campaign', id: campaignId(schoolYear) }));
  const lastYear = states.get(streamOf({ tenant, category, id: `${code}-${schoolYear - 1}` }));
  const context = {
    now,
    campaign: (known as CampaignState | undefined) ?? campaign.initial,
    schoolFacts: factsOn(histories.get(code) ?? [], `${schoolYear}-09-01`),
    previous: (lastYear as typeof annualReturn.initial | undefined)?.approved?.figures ?? {},
  };
  return { context };
}
