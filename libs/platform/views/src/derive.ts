import { isDeepStrictEqual } from 'node:util';
import { type ReadModel, type ReadTable, type Row, rowId, tableOf, wholeRow } from './read-table.js';
import { Reads } from './reads.js';
import type { RowStore } from './row-store.js';
import type { Derivation, DerivedRows, Key } from './view.js';
import { ViewFailure } from './view-failure.js';
import type { Change, Changes, WorkingSet } from './working-set.js';

// Groups computed side by side share their reads and their writes.
const GROUPS_AT_ONCE = 50;

/** Recomputes what the changed rows make dirty. Derived changes join `changes`, so that later derivations see them. */
export async function derive(model: ReadModel, store: RowStore, changes: Changes): Promise<void> {
  for (const derivation of model.catalogue.derivations) {
    const groups = new Groups(derivation);
    for (const table of derivation.from.map((entity) => tableOf(model, entity)))
      for (const { before, after } of changes.get(table)?.values() ?? []) {
        if (before) groups.add(before, table);
        if (after) groups.add(after, table);
      }
    for (const [table, replaced] of await replaceGroups({ model, store, derivation, empty: false }, groups))
      changes.set(table, new Map([...(changes.get(table) ?? []), ...replaced]));
  }
}

/** Derives everything of a tenant whose derived tables are still empty. */
export async function deriveAll(model: ReadModel, store: RowStore, set: WorkingSet): Promise<void> {
  for (const derivation of model.catalogue.derivations) {
    const groups = new Groups(derivation);
    for (const table of derivation.from.map((entity) => tableOf(model, entity))) {
      const inMemory = table.view && set.all(table);
      for await (const page of inMemory ? [inMemory] : store.all(table)) groups.addAll(page, table);
    }
    await replaceGroups({ model, store, derivation, empty: true }, groups);
  }
}

/** Writes the last state of every changed row. */
export async function flush(store: RowStore, changes: Changes): Promise<void> {
  for (const [table, rows] of changes) {
    const all = [...rows.values()];
    const gone = all.filter(({ before, after }) => before && !after).map(({ before }) => keyOf(table, before as Row));
    const kept = all.flatMap(({ after }) => (after ? [after] : []));
    if (gone.length > 0) await store.delete(table, gone);
    if (kept.length > 0) await store.upsert(table, kept);
  }
}

interface Replacing {
  readonly model: ReadModel;
  readonly store: RowStore;
  readonly derivation: Derivation;
  /** There is nothing to replace yet. */
  readonly empty: boolean;
}

async function replaceGroups(replacing: Replacing, groups: Groups): Promise<Changes> {
  const { model, store, derivation, empty } = replacing;
  const all: Changes = new Map(derivation.tables.map((entity) => [tableOf(model, entity), new Map<string, Change>()]));
  const waiting = [...groups];
  while (waiting.length > 0) {
    const some = waiting.splice(0, GROUPS_AT_ONCE);
    const reads = new Reads(model, store);
    const computed = await allOf(
      derivation,
      some.map(async (group) => ({ group, made: await derivation.compute(group, reads) })),
    );
    const written: Changes = new Map();
    for (const [table, changes] of all) {
      const before = empty ? [] : (await Promise.all(some.map((group) => reads.rows(table, group)))).flat();
      const replaced = difference(table, before, computed);
      written.set(table, replaced);
      if (!empty) for (const [id, change] of replaced) changes.set(id, change);
    }
    await flush(store, written);
  }
  return all;
}

function difference(table: ReadTable, before: readonly Row[], computed: readonly Computed[]): Map<string, Change> {
  const replaced = new Map<string, Change>();
  for (const row of before) replaced.set(rowId(table, row), { before: row, after: undefined });
  for (const { group, made } of computed)
    for (const row of made.filter((one) => one.table === table.entity).flatMap(({ rows }) => rows)) {
      const after = wholeRow(table, { ...row, ...group });
      const id = rowId(table, after);
      replaced.set(id, { before: replaced.get(id)?.before, after });
    }
  for (const [id, { before, after }] of replaced) if (isDeepStrictEqual(before, after)) replaced.delete(id);
  return replaced;
}

interface Computed {
  readonly group: Key;
  readonly made: readonly DerivedRows[];
}

/** Waits for every computation even when one fails: none may go on reading when its transaction has ended. */
async function allOf(derivation: Derivation, computing: readonly Promise<Computed>[]): Promise<Computed[]> {
  const settled = await Promise.allSettled(computing);
  return settled.map((one) => {
    if (one.status === 'fulfilled') return one.value;
    throw new ViewFailure('DERIVATION_FAILED', `Deriving ${derivation.name} failed.`, { cause: one.reason });
  });
}

/** Dirty groups, each once; one with fewer columns stands for all that it covers. */
class Groups {
  readonly #groups = new Map<string, Key>();

  constructor(readonly derivation: Derivation) {}

  addAll(rows: readonly Row[], table: ReadTable): void {
    for (const row of rows) this.add(row, table);
  }

  add(row: Row, table: ReadTable): void {
    const found = this.derivation.group(row, table.entity) ?? [];
    for (const group of Array.isArray(found) ? (found as readonly Key[]) : [found as Key])
      this.#groups.set(JSON.stringify(Object.entries(group).sort()), group);
  }

  *[Symbol.iterator](): Generator<Key> {
    const all = [...this.#groups.values()];
    const widths = [...new Set(all.map((group) => Object.keys(group).length))];
    for (const group of all) {
      const covered = widths.length > 1 && all.some((other) => other !== group && covers(other, group));
      if (!covered) yield group;
    }
  }
}

function covers(wide: Key, narrow: Key): boolean {
  const columns = Object.keys(wide);
  return columns.length < Object.keys(narrow).length && columns.every((column) => wide[column] === narrow[column]);
}

function keyOf(table: ReadTable, row: Row): Row {
  return Object.fromEntries(table.key.map(({ name }) => [name, row[name]]));
}
