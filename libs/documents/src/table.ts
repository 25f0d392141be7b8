/** What a cell says beside its text; a figure must not be taken from it without telling the user. */
export type CellNote = 'formula' | 'formula-without-result' | 'error' | 'date' | 'percent' | 'yes-no';

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
  /** The column letter of each header, as Excel shows it. */
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
}

export interface Place {
  readonly sheet: string;
  readonly row?: number;
  /** The column's letter, as Excel shows it. */
  readonly column?: string;
}

/** Something in a file that the user must correct, in the user's words. `code` is public API. */
export interface TableError extends Place {
  readonly code: string;
  readonly message: string;
  readonly field?: string;
}

export interface TableLimits {
  readonly bytes: number;
  /** Of all parts of an xlsx file together, once unpacked. */
  readonly unpackedBytes: number;
  readonly rows: number;
  readonly columns: number;
}

/** Wide enough for a province's 20 000 stage units; a server refuses what is larger before it parses it. */
export const TABLE_LIMITS: TableLimits = {
  bytes: 20_000_000,
  unpackedBytes: 200_000_000,
  rows: 50_000,
  columns: 500,
};
