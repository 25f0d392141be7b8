import { type Decider, RuleViolation } from '@junheng/kernel';
import type { Day, RegionCode, RegionEvent, RegionRegistered } from '@junheng/register-contract';
import { demandDay, demandOrder } from './day.js';
import { demandName } from './name.js';
import { demandParent, demandRegionCode, isRegionCode } from './region-code.js';

export type RegionCommand =
  | ({ readonly type: 'RegisterRegion' } & RegionFacts)
  | { readonly type: 'RenameRegion'; readonly name: string; readonly effectiveOn: Day }
  | { readonly type: 'MoveRegion'; readonly parent: RegionCode; readonly effectiveOn: Day }
  | { readonly type: 'AbolishRegion'; readonly successors: readonly RegionCode[]; readonly effectiveOn: Day };

type RegionFacts = Omit<RegionRegistered, 'type'>;

type Command<Type extends RegionCommand['type']> = Extract<RegionCommand, { type: Type }>;

export type RegionState =
  | { readonly status: 'absent' }
  | { readonly status: 'valid'; readonly facts: RegionFacts; readonly since: Day }
  | { readonly status: 'abolished'; readonly successors: readonly RegionCode[]; readonly on: Day };

export const region: Decider<RegionState, RegionCommand, RegionEvent> = {
  initial: { status: 'absent' },

  decide(command, state) {
    if (command.type === 'RegisterRegion') return register(command, state);
    if (state.status === 'absent') {
      throw new RuleViolation('REGION_UNKNOWN', 'There is no such region.', { remedy: 'Register it first.' });
    }
    if (state.status === 'abolished') {
      if (command.type === 'AbolishRegion' && command.effectiveOn === state.on) return [];
      throw abolished(state);
    }
    demandOrder('REGION', command.effectiveOn, state.since);

    const { code, name, kind, parent } = state.facts;
    switch (command.type) {
      case 'RenameRegion':
        demandName('REGION', command.name);
        if (command.name === name) return [];
        return [{ type: 'RegionRenamed', code, name: command.name, effectiveOn: command.effectiveOn }];
      case 'MoveRegion':
        demandParent(code, kind, command.parent);
        if (command.parent === parent) return [];
        return [{ type: 'RegionMoved', code, parent: command.parent, effectiveOn: command.effectiveOn }];
      case 'AbolishRegion':
        demandSuccessors(code, command.successors);
        return [{ type: 'RegionAbolished', code, successors: command.successors, effectiveOn: command.effectiveOn }];
    }
  },

  evolve(state, event) {
    if (event.type === 'RegionRegistered') {
      const { type: _, ...facts } = event;
      return { status: 'valid', facts, since: event.validFrom };
    }
    if (state.status !== 'valid') return state;
    switch (event.type) {
      case 'RegionRenamed':
        return { ...state, facts: { ...state.facts, name: event.name }, since: event.effectiveOn };
      case 'RegionMoved':
        return { ...state, facts: { ...state.facts, parent: event.parent }, since: event.effectiveOn };
      case 'RegionAbolished':
        return { status: 'abolished', successors: event.successors, on: event.effectiveOn };
    }
  },
};

function register(command: Command<'RegisterRegion'>, state: RegionState): readonly RegionEvent[] {
  const { type: _, ...facts } = command;
  if (state.status === 'abolished') throw abolished(state);
  if (state.status === 'valid') {
    const { code, name, kind, parent, validFrom } = state.facts;
    const again =
      name === facts.name && kind === facts.kind && parent === facts.parent && validFrom === facts.validFrom;
    if (again) return [];
    throw new RuleViolation('REGION_EXISTS', `The region ${code} is registered already.`, {
      where: 'code',
      remedy: 'Rename it, move it, or choose another code.',
    });
  }
  demandRegionCode(facts.code, facts.kind);
  demandParent(facts.code, facts.kind, facts.parent);
  demandName('REGION', facts.name);
  demandDay(facts.validFrom, 'validFrom');
  return [{ type: 'RegionRegistered', ...facts }];
}

function demandSuccessors(code: RegionCode, successors: readonly RegionCode[]): void {
  const sound = successors.length > 0 && !successors.includes(code) && successors.every(isRegionCode);
  if (sound && new Set(successors).size === successors.length) return;
  throw new RuleViolation('REGION_SUCCESSORS_INVALID', 'An abolished region goes on in others.', {
    where: 'successors',
    remedy: 'Name the regions that take over its ground, each once and without the region itself.',
  });
}

function abolished({ on, successors }: { readonly on: Day; readonly successors: readonly RegionCode[] }) {
  return new RuleViolation('REGION_ABOLISHED', `The region was abolished on ${on}.`, {
    lockedBy: `its abolition on ${on}`,
    remedy: `Go on in its successors: ${successors.join(', ')}.`,
  });
}
