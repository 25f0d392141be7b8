import { decimalText, type Row, type Table } from '@junheng/documents';
import { RuleViolation } from '@junheng/kernel';
import type { Figure } from '@junheng/standards';

const UNKNOWN = new Set(['?', '-', '–', '—', '不详', '未知', 'unknown', 'n/a']);
const YES = new Set(['是', '有', '√', 'yes', 'y', 'true', '1']);
const NO = new Set(['否', '无', '×', 'no', 'n', 'false', '0']);

/** Something in the file that the user must correct, with its place as Excel shows it. */
export function misread(table: Table, row: Row, header: string, message: string): RuleViolation {
  const place = `${table.columns[header] ?? ''}${row.line}`;
  return new RuleViolation(
    'CELL_INVALID',
    `row ${row.line}, column ${table.columns[header] ?? '?'} "${header}": ${message}`,
    {
      where: `${table.sheet}!${place}`,
      remedy: 'Correct the cell, or write ? where the figure is unknown.',
    },
  );
}

/** The text of a cell; `undefined` when it is empty, for empty is unknown and never zero. */
export function textOf(row: Row, header: string | undefined): string | undefined {
  const text = header === undefined ? undefined : row.cells[header]?.text.normalize('NFKC').trim();
  return text === '' ? undefined : text;
}

export function figureOf(table: Table, row: Row, header: string, kind: 'number' | 'list' | 'flag'): Figure | undefined {
  const text = textOf(row, header);
  if (text === undefined) return undefined;
  if (UNKNOWN.has(text.toLowerCase())) return null;
  const wrong = row.cells[header]?.notes.find(
    (note) => note === 'error' || note === 'date' || note === 'formula-without-result',
  );
  if (wrong !== undefined) throw misread(table, row, header, `"${text}" is no figure (${wrong})`);
  switch (kind) {
    case 'number':
      return numberOf(table, row, header, text);
    case 'list':
      return text
        .split(/[;,、/\s]+/)
        .filter((part) => part !== '')
        .map((part) => numberOf(table, row, header, part));
    case 'flag': {
      const word = text.toLowerCase();
      if (!YES.has(word) && !NO.has(word)) throw misread(table, row, header, `"${text}" is neither 是 nor 否`);
      return YES.has(word);
    }
  }
}

function numberOf(table: Table, row: Row, header: string, text: string): string {
  const decimal = decimalText(text);
  if (decimal === undefined) throw misread(table, row, header, `"${text}" is not a number`);
  if (decimal.startsWith('-')) throw misread(table, row, header, `${text} is below zero`);
  return decimal;
}
