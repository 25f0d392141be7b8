import { isDeepStrictEqual } from 'node:util';
import { type ReadModel, type ReadTable, type Row, rowId, wholeRow } from './read-table.js';
import type { RowStore } from './row-store.js';
import type { Derivation, EntityClass, Key, Read } from './view.js';
import { ViewFailure } from './view-failure.js';
import type { Change, Changes, WorkingSet } from './working-set.js';

/** Recomputes what the changed rows make dirty. Derived changes join `changes`, so that later derivations see them. */
export async function derive(model: ReadModel, store: RowStore, changes: Changes): Promise<void> {
  for (const derivation of model.catalogue.derivations) {
    const groups = new Groups(derivation);
    for (const table of tablesOf(model, derivation.from))
      for (const { before, after } of changes.get(table)?.values() ?? []) {
        if (before) groups.add(before, table);
        if (after) groups.add(after, table);
      }
    for (const group of groups) await replaceGroup(model, store, derivation, group, changes);
  }
}

/** Derives everything of a tenant whose derived tables are still empty. */
export async function deriveAll(model: ReadModel, store: RowStore, set: WorkingSet): Promise<void> {
  for (const derivation of model.catalogue.derivations) {
    const groups = new Groups(derivation);
    for (const table of tablesOf(model, derivation.from)) {
      const inMemory = table.view && set.all(table);
      for await (const page of inMemory ? [inMemory] : store.all(table)) groups.addAll(page, table);
    }
    for (const group of groups) await replaceGroup(model, store, derivation, group, new Map());
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

async function replaceGroup(
  model: ReadModel,
  store: RowStore,
  derivation: Derivation,
  group: Key,
  changes: Changes,
): Promise<void> {
  const computed = await derivation.compute(group, readOf(model, store)).catch((cause: unknown) => {
    throw new ViewFailure('DERIVATION_FAILED', `Deriving ${derivation.name} failed.`, { cause });
  });
  for (const table of tablesOf(model, derivation.tables)) {
    const rows = computed.filter((one) => one.table === table.entity).flatMap((one) => one.rows as readonly Key[]);
    const replaced = new Map<string, Change>();
    for (const before of await store.where(table, group))
      replaced.set(rowId(table, before), { before, after: undefined });
    for (const row of rows) {
      const after = wholeRow(table, { ...row, ...group });
      const id = rowId(table, after);
      replaced.set(id, { before: replaced.get(id)?.before, after });
    }
    for (const [id, { before, after }] of replaced) if (isDeepStrictEqual(before, after)) replaced.delete(id);
    await flush(store, new Map([[table, replaced]]));
    changes.set(table, new Map([...(changes.get(table) ?? []), ...replaced]));
  }
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

function readOf(model: ReadModel, store: RowStore): Read {
  // One connection answers one question at a time; after a failure the transaction has no answers left.
  let last: Promise<unknown> = Promise.resolve();
  return {
    find<Found extends object>(entity: EntityClass<Found>, where: Partial<Found>, columns?: readonly string[]) {
      const [table] = tablesOf(model, [entity]) as [ReadTable];
      const found = last.then(() => store.where(table, where as Key, columns) as Promise<Found[]>);
      last = found;
      return found;
    },
  };
}

function tablesOf(model: ReadModel, entities: readonly EntityClass[]): ReadTable[] {
  return entities.map((entity) => {
    const table = model.tables.find((one) => one.entity === entity);
    if (!table) throw new Error(`${entity.name} is no read table of this catalogue.`);
    return table;
  });
}

function keyOf(table: ReadTable, row: Row): Row {
  return Object.fromEntries(table.key.map(({ name }) => [name, row[name]]));
}
