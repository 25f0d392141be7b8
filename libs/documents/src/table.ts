/** What a cell says beside its text; whoever takes a figure from it must look at these. */
export type CellNote = 'formula' | 'formula-without-result' | 'error' | 'date' | 'percent' | 'merged';

/** A cell that holds something. An empty cell is no cell: empty is never zero. */
export interface Cell {
  /** As the user sees it; numbers are exact decimal text of at most 15 significant digits, dates are ISO. */
  readonly text: string;
  readonly notes: readonly CellNote[];
}

export interface Row {
  /** The row's number in the sheet or file, as Excel shows it. */
  readonly line: number;
  /** By header; empty cells are absent. */
  readonly cells: Readonly<Record<string, Cell>>;
}

/** One sheet: a row of headers and the rows below it. */
export interface Table {
  readonly sheet: string;
  readonly headers: readonly string[];
  /** The column's letter for each header, as Excel shows it. */
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
}

export interface Place {
  readonly sheet: string;
  readonly row?: number;
  /** The column's letter, as Excel shows it. */
  readonly column?: string;
}

/** Something in a file that its user must correct, in the user's words. `code` is public API. */
export interface TableError extends Place {
  readonly code: string;
  readonly message: string;
  readonly zh: string;
  readonly field?: string;
}

export interface TableLimits {
  readonly bytes: number;
  /** Of all parts of an xlsx file together, once unpacked. */
  readonly unpackedBytes: number;
  /** Of a workbook: exceljs holds each of them, merged and named ranges cell by cell, in about 300 bytes. */
  readonly cells: number;
  readonly rows: number;
  readonly columns: number;
}

/** Wide enough for a city's schools with every field of a return, small enough for a server that shares its memory. */
export const TABLE_LIMITS: TableLimits = {
  bytes: 10_000_000,
  unpackedBytes: 80_000_000,
  cells: 500_000,
  rows: 20_000,
  columns: 500,
};

/** A sheet or file before its header row is known. Cells are by column, from 0. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly SheetRow[];
}

export interface SheetRow {
  readonly line: number;
  readonly cells: readonly (Cell | undefined)[];
  /** A cell spans several columns: a row of group titles, with the headers below. */
  readonly spans: boolean;
}

export function columnLetter(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? columnLetter(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}
