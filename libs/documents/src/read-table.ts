import { TABLE_LIMITS, type Table, type TableLimits } from './table.js';

export interface TableSource {
  /** The file's name: it only helps to name the sheet of a CSV; the kind of file is read from its bytes. */
  readonly name: string;
  readonly content: Buffer;
}

/** Reads the first sheet with a header row. Throws RuleViolation FILE_TOO_LARGE, FILE_NOT_A_TABLE or COLUMN_DUPLICATE. */
export async function readTable(source: TableSource, limits: TableLimits = TABLE_LIMITS): Promise<Table> {
  throw new Error(`${source.name} ${limits.bytes}`);
}
