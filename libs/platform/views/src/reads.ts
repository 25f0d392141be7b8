import { type ReadModel, type ReadTable, type Row, tableOf } from './read-table.js';
import type { RowStore } from './row-store.js';
import type { EntityClass, Key, Read } from './view.js';

interface Question {
  readonly table: ReadTable;
  readonly where: Key;
  readonly columns: readonly string[];
  readonly answer: (rows: Row[]) => void;
  readonly fail: (error: unknown) => void;
}

/** Answers what many computations ask at the same moment: questions alike become one statement. */
export class Reads implements Read {
  #asked: Question[] = [];
  #answering: Promise<void> | undefined;

  constructor(
    readonly model: ReadModel,
    readonly store: RowStore,
  ) {}

  find<Found extends object>(
    entity: EntityClass<Found>,
    where: Partial<Found>,
    columns?: readonly string[],
  ): Promise<Found[]> {
    const table = tableOf(this.model, entity);
    return this.rows(table, where, columns) as Promise<unknown> as Promise<Found[]>;
  }

  rows(
    table: ReadTable,
    where: object,
    columns: readonly string[] = table.columns.map(({ name }) => name),
  ): Promise<Row[]> {
    const unknown = [...Object.keys(where), ...columns].find((name) => !table.columns.some((one) => one.name === name));
    if (unknown !== undefined) throw new Error(`${table.name} has no column ${unknown}.`);
    return new Promise<Row[]>((answer, fail) => {
      this.#asked.push({ table, where: where as Key, columns, answer, fail });
      this.#answering ??= this.#answerAll();
    });
  }

  async #answerAll(): Promise<void> {
    while (this.#asked.length > 0) {
      // Computations that run side by side come to their next question before the loop's next turn.
      await new Promise((resolve) => setImmediate(resolve));
      const questions = groupBy(this.#asked, shapeOf);
      this.#asked = [];
      for (const alike of questions.values()) await this.#answer(alike);
    }
    this.#answering = undefined;
  }

  async #answer(alike: readonly Question[]): Promise<void> {
    const [{ table, columns }] = alike as [Question];
    const byWhere = [...groupBy(alike, ({ where }) => JSON.stringify(Object.values(where))).values()];
    try {
      const wheres = byWhere.map(([question]) => (question as Question).where);
      const answers = await this.store.where(table, wheres, columns);
      byWhere.forEach((same, index) => same.forEach(({ answer }) => answer([...(answers[index] ?? [])])));
    } catch (error) {
      for (const { fail } of alike) fail(error);
    }
  }
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item)) ?? [];
    groups.set(keyOf(item), group);
    group.push(item);
  }
  return groups;
}

function shapeOf({ table, where, columns }: Question): string {
  const tests = Object.entries(where).map(([column, value]) => [column, value === null]);
  return JSON.stringify([table.name, tests, columns]);
}
