import type { Figures, TableForm } from './form.js';
import type { Table, TableError } from './table.js';

export interface ReturnRow {
  readonly line: number;
  readonly school: string;
  /** What the row says; a field whose cell is empty or wrong is absent. */
  readonly figures: Figures;
  readonly errors: readonly TableError[];
}

export interface Returns {
  readonly rows: readonly ReturnRow[];
  /** What concerns the table and no school: unknown columns, rows without a school. */
  readonly errors: readonly TableError[];
}

export function readReturns(form: TableForm, table: Table): Returns {
  throw new Error(`${form.id} ${table.sheet}`);
}
