import { fileNotATable, fileTooLarge } from './file-refusal.js';
import { tableOf } from './header.js';
import { readCsv } from './read-csv.js';
import { readXlsx } from './read-xlsx.js';
import { TABLE_LIMITS, type Table, type TableLimits } from './table.js';

export interface TableSource {
  /** The file's name only names the sheet of a CSV; what the file is, its bytes say. */
  readonly name: string;
  readonly content: Buffer;
}

const ZIP = Buffer.from('504b0304', 'hex');
const OLD_EXCEL = Buffer.from('d0cf11e0', 'hex');

/**
 * Reads the first visible sheet that has a header row.
 * Throws RuleViolation FILE_TOO_LARGE, FILE_NOT_A_TABLE or COLUMN_DUPLICATE.
 */
export async function readTable(source: TableSource, limits: TableLimits = TABLE_LIMITS): Promise<Table> {
  const { name, content } = source;
  if (content.length > limits.bytes) {
    throw fileTooLarge({
      en: `more than ${limits.bytes} bytes`,
      zh: `超过 ${Math.floor(limits.bytes / 1_000_000)} MB`,
    });
  }
  if (content.subarray(0, 4).equals(OLD_EXCEL)) {
    throw fileNotATable({ en: 'it is an old .xls file or protected by a password', zh: '旧版 .xls 文件或已加密' });
  }
  const sheets = content.subarray(0, 4).equals(ZIP)
    ? await readXlsx(content, limits)
    : [readCsv(name, content, limits)];
  for (const sheet of sheets) {
    const table = tableOf(sheet);
    if (table) return table;
  }
  throw fileNotATable({ en: 'no sheet has a row of headers', zh: '没有找到标题行' });
}
