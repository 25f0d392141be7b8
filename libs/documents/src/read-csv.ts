import { CsvError, parse } from 'csv-parse/sync';
import { fileNotATable, fileTooLarge } from './file-refusal.js';
import { asWritten } from './formula-text.js';
import type { Cell, Sheet, SheetRow, TableLimits } from './table.js';

/** CSV as offices write it: UTF-8 or GB18030 (Excel on a Chinese Windows), commas, semicolons or tabs. */
export function readCsv(name: string, content: Buffer, limits: TableLimits): Sheet {
  const { text, separator } = separated(decode(content));
  const rows: SheetRow[] = [];
  for (const { record, line } of records(text, separator, limits)) {
    if (record.length > limits.columns)
      throw fileTooLarge({ en: `more than ${limits.columns} columns`, zh: `超过 ${limits.columns} 列` });
    const cells = record.map((value): Cell | undefined => {
      const trimmed = asWritten(value.trim());
      return trimmed === '' ? undefined : { text: trimmed, notes: [] };
    });
    if (cells.some((cell) => cell)) rows.push({ line, cells, spans: false });
  }
  return { name: name.replace(/^.*[\\/]/, '').replace(/\.\w+$/, ''), rows };
}

/**
 * UTF-8 unless it is not valid, or says nothing but Cyrillic and its neighbours: two bytes of GB18030 such as those of
 * 小学 are valid UTF-8 for Сѧ. Signs of Latin-1 (m²) do not decide, as they stand in files that are otherwise ASCII.
 */
function decode(content: Buffer): string {
  const utf16 = content[0] === 0xff && content[1] === 0xfe ? decoded(content, 'utf-16le') : undefined;
  const utf8 = utf16 ?? decoded(content, 'utf-8');
  const doubtful = utf8 === undefined || (/[\u0100-\u07ff]/.test(utf8) && !/[\u0800-\uffff]/.test(utf8));
  const text = doubtful ? (decoded(content, 'gb18030') ?? utf8) : utf8;
  if (text !== undefined && !text.includes('\0')) return text;
  throw fileNotATable({
    en: 'it is neither an xlsx workbook nor text in UTF-8 or GB18030',
    zh: '既不是 xlsx 工作簿,也不是 UTF-8 或 GB18030 文本',
  });
}

function decoded(content: Buffer, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}

/** The separator is the one that the first line with any uses most, unless Excel's own `sep=` line names it. */
function separated(text: string): { text: string; separator: string } {
  const named = /^sep=(.)\r?\n/.exec(text);
  if (named?.[1]) return { text: text.slice(named[0].length), separator: named[1] };
  for (const line of text.split(/\r?\n/, 50)) {
    const unquoted = line.replace(/"[^"]*"/g, '');
    const counts = [',', ';', '\t'].map((separator) => ({ separator, count: unquoted.split(separator).length - 1 }));
    const most = counts.reduce((a, b) => (b.count > a.count ? b : a));
    if (most.count > 0) return { text, separator: most.separator };
  }
  return { text, separator: ',' };
}

function* records(text: string, delimiter: string, limits: TableLimits): Generator<{ record: string[]; line: number }> {
  let parsed: { record: string[]; info: { lines: number } }[];
  try {
    parsed = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      to: limits.rows + 1,
      max_record_size: 1_000_000,
    }) as unknown as typeof parsed;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw fileNotATable({ en: `the text is damaged (${error.message})`, zh: '文本格式有误,请检查引号' });
  }
  if (parsed.length > limits.rows)
    throw fileTooLarge({ en: `more than ${limits.rows} rows`, zh: `超过 ${limits.rows} 行` });
  let line = 0;
  for (const { record } of parsed) yield { record, line: ++line };
}
