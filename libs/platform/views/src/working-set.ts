import { isDeepStrictEqual } from 'node:util';
import type { RecordedEvent } from '@junheng/event-store';
import { type ReadTable, type Row, rowId, wholeRow } from './read-table.js';
import type { RowStore } from './row-store.js';
import type { Folding, Key } from './view.js';
import { ViewFailure } from './view-failure.js';

export interface Change {
  readonly before: Row | undefined;
  after: Row | undefined;
}

export type Changes = Map<ReadTable, Map<string, Change>>;

interface Touch {
  readonly table: ReadTable;
  readonly folding: Folding<object, object>;
  readonly event: RecordedEvent;
  readonly keys: readonly { readonly id: string; readonly key: Key }[];
}

/** The folded rows of one tenant: kept between batches, valid only while the checkpoint is where it left it. */
export class WorkingSet {
  readonly #rows = new Map<ReadTable, Map<string, Row | undefined>>();
  #changes: Changes = new Map();
  /** Every row of the tenant is here, so a missing one does not exist. */
  #complete: boolean;

  constructor(
    public position: number,
    readonly rebuilds: number,
  ) {
    this.#complete = position === 0;
  }

  get size(): number {
    let size = 0;
    for (const rows of this.#rows.values()) size += rows.size;
    return size;
  }

  get changed(): number {
    let changed = 0;
    for (const changes of this.#changes.values()) changed += changes.size;
    return changed;
  }

  /** Folds the events into the rows in memory, loading what is not there yet. */
  async fold(events: readonly RecordedEvent[], foldings: Foldings, store: RowStore): Promise<void> {
    const touches = events.flatMap((event) =>
      (foldings.get(event.type) ?? []).map(({ table, folding }) => touch(table, folding, event)),
    );
    if (!this.#complete) await this.#load(touches, store);
    for (const { table, folding, event, keys } of touches)
      for (const { id, key } of keys) this.#foldRow(table, folding, event, id, key);
    this.position += events.length;
  }

  /** All rows of the table, unless some are only in the database. */
  all(table: ReadTable): Row[] | undefined {
    return this.#complete ? [...this.#table(table).values()].filter((row) => row !== undefined) : undefined;
  }

  /** What has changed since the last call; a row that came out as it was costs neither a write nor a derivation. */
  takeChanges(): Changes {
    const changes = this.#changes;
    this.#changes = new Map();
    for (const rows of changes.values())
      for (const [id, { before, after }] of rows) if (isDeepStrictEqual(before, after)) rows.delete(id);
    return changes;
  }

  /** Forgets the rows that were used least recently. */
  trim(limit: number): void {
    for (const rows of this.#rows.values())
      for (const id of rows.keys()) {
        if (rows.size <= limit) break;
        rows.delete(id);
        this.#complete = false;
      }
  }

  #foldRow(table: ReadTable, folding: Folding<object, object>, event: RecordedEvent, id: string, key: Key): void {
    const rows = this.#table(table);
    const before = rows.get(id);
    const folded = failsAt(event, () => folding.fold(before, event, key));
    const after = folded && wholeRow(table, { ...folded, ...key });
    rows.delete(id);
    rows.set(id, after);
    const changes = this.#changes.get(table) ?? new Map<string, Change>();
    this.#changes.set(table, changes);
    const change = changes.get(id);
    if (change) change.after = after;
    else changes.set(id, { before, after });
  }

  async #load(touches: readonly Touch[], store: RowStore): Promise<void> {
    const missing = new Map<ReadTable, Map<string, Key>>();
    for (const { table, keys } of touches)
      for (const { id, key } of keys) {
        if (this.#table(table).has(id)) continue;
        const wanted = missing.get(table) ?? new Map<string, Key>();
        missing.set(table, wanted.set(id, key));
      }
    for (const [table, wanted] of missing) {
      const rows = this.#table(table);
      for (const id of wanted.keys()) rows.set(id, undefined);
      for (const row of await store.byKeys(table, [...wanted.values()])) rows.set(rowId(table, row), row);
    }
  }

  #table(table: ReadTable): Map<string, Row | undefined> {
    const known = this.#rows.get(table);
    if (known) return known;
    const rows = new Map<string, Row | undefined>();
    this.#rows.set(table, rows);
    return rows;
  }
}

/** By event type: the tables that fold it. */
export type Foldings = ReadonlyMap<
  string,
  readonly { readonly table: ReadTable; readonly folding: Folding<object, object> }[]
>;

export function foldingsOf(tables: readonly ReadTable[]): Foldings {
  const foldings = new Map<string, { table: ReadTable; folding: Folding<object, object> }[]>();
  for (const table of tables)
    for (const [type, folding] of table.view?.on ?? [])
      foldings.set(type, [...(foldings.get(type) ?? []), { table, folding }]);
  return foldings;
}

function touch(table: ReadTable, folding: Folding<object, object>, event: RecordedEvent): Touch {
  const keys = failsAt(event, () => folding.keys(event)) as readonly Key[];
  return {
    table,
    folding,
    event,
    keys: keys.map((given) => {
      const key: Row = {};
      for (const { name } of table.key) key[name] = given[name];
      if (key['tenant_id'] !== event.tenant)
        throw new ViewFailure('KEY_OUTSIDE_TENANT', `A fold of ${table.name} reached into another tenant.`, event);
      return { id: rowId(table, key), key };
    }),
  };
}

function failsAt<T>(event: RecordedEvent, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new ViewFailure('FOLD_FAILED', `Folding ${event.type} failed.`, { position: event.position, cause });
  }
}
