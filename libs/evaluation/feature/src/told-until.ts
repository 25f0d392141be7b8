/** Something that the ledger was told at a position; whoever looks back from an earlier one does not know it. */
export interface Told {
  readonly position: number;
}

/** Everything that has been told: what is current. */
export const NOW = Number.MAX_SAFE_INTEGER;

/** Of each kind what was told last, up to a position; in the order in which the kinds were first told. */
export function lastTold<T extends Told>(all: readonly T[], kindOf: (one: T) => string, until: number): T[] {
  const last = new Map<string, T>();
  for (const one of all) if (one.position <= until) last.set(kindOf(one), one);
  return [...last.values()];
}
