import type { Checkpoint } from './checkpoint.js';
import type { RowStore } from './row-store.js';
import { WorkingSet } from './working-set.js';

/** The rows that this process remembers; the tenants used least recently go first. */
export class WorkingSets {
  readonly #sets = new Map<string, WorkingSet>();
  #rows = 0;

  constructor(readonly limit: number) {}

  /** The rows kept for this tenant, if they are those of its checkpoint; nobody else gets them meanwhile. */
  take({ schema, tenant }: RowStore, { position, rebuilds }: Checkpoint): WorkingSet {
    const key = `${schema}/${tenant}`;
    const set = this.#sets.get(key);
    if (set) {
      this.#sets.delete(key);
      this.#rows -= set.size;
    }
    return set?.position === position && set.rebuilds === rebuilds ? set : new WorkingSet(position, rebuilds);
  }

  give({ schema, tenant }: RowStore, set: WorkingSet): void {
    this.trim(set);
    this.#sets.set(`${schema}/${tenant}`, set);
    this.#rows += set.size;
    for (const [key, { size }] of this.#sets) {
      if (this.#rows <= this.limit) break;
      this.#sets.delete(key);
      this.#rows -= size;
    }
  }

  trim(set: WorkingSet): void {
    set.trim(this.limit / 4);
  }
}
