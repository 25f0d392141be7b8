import type { Decider, Message } from '@junheng/kernel';
import type { Day, SchoolEvent, SchoolFacts } from '@junheng/register-contract';

/** What the register said of a school from one day on; `null` while it was not open in this county. */
interface Since {
  readonly from: Day;
  readonly facts: SchoolFacts | null;
}

export type SchoolHistory = readonly Since[];

/** Reads a school's own stream of the register; it decides nothing. */
export const schoolHistory: Decider<SchoolHistory, Message, SchoolEvent> = {
  initial: [],
  decide: () => [],
  evolve(history, event) {
    const before = history.findLast(({ facts }) => facts)?.facts;
    if (event.type === 'SchoolRegistered' || event.type === 'SchoolMovedIn') {
      const from = event.type === 'SchoolRegistered' ? event.openedOn : event.effectiveOn;
      const { school, name, schoolType, sponsor, setting, cluster, stages, openedOn } = event;
      return [...history, { from, facts: { school, name, schoolType, sponsor, setting, cluster, stages, openedOn } }];
    }
    if (!before) return history;
    const then = (facts: SchoolFacts | null) => [...history, { from: event.effectiveOn, facts }];
    switch (event.type) {
      case 'SchoolRenamed':
        return then({ ...before, name: event.name });
      case 'SchoolReclassified': {
        const { schoolType, sponsor, setting, stages } = event;
        return then({ ...before, schoolType, sponsor, setting, stages });
      }
      case 'SchoolAssignedToCluster':
        return then({ ...before, cluster: event.cluster });
      case 'SchoolReopened':
      case 'SchoolEnlarged':
        return then(before);
      case 'SchoolSplit':
        return then(event.into.includes(event.school) ? before : null);
      case 'SchoolAbsorbed':
      case 'SchoolMovedOut':
      case 'SchoolClosed':
        return then(null);
    }
  },
};

/** The school's facts on that day, or null when it was not open then. */
export function factsOn(history: SchoolHistory, day: Day): SchoolFacts | null {
  return history.findLast(({ from }) => from <= day)?.facts ?? null;
}
