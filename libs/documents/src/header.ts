import { RuleViolation } from '@junheng/kernel';
import { decimalText } from './decimal-text.js';
import { columnLetter, type Cell, type Row, type Sheet, type SheetRow, type Table } from './table.js';

const HIGHEST_HEADER = 20;

/** The sheet as a table, or undefined when no row of it can be its header. */
export function tableOf(sheet: Sheet): Table | undefined {
  const at = headerIndex(sheet.rows);
  const header = sheet.rows[at];
  if (!header) return undefined;
  const below = sheet.rows.slice(at + 1);
  const width = Math.max(header.cells.length, ...below.slice(0, 1000).map(({ cells }) => cells.length));
  const names = Array.from({ length: width }, (_, column) => headerOf(header.cells[column], below, column));
  const columns = placed(sheet.name, header.line, names);
  return {
    sheet: sheet.name,
    headers: names.filter((name) => name !== undefined),
    columns,
    rows: below.map((row) => rowOf(row, names)),
  };
}

/** Headers are compared without line breaks, doubled blanks and full-width brackets. */
export function headerText(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, ' ').trim();
}

/**
 * A row of field ids (`school`, …) wins, as our templates have one. Otherwise it is the first row that is mostly words
 * and about as wide as the table; a row with spanning cells only groups the headers below it.
 */
function headerIndex(rows: readonly SheetRow[]): number {
  const top = rows.slice(0, HIGHEST_HEADER);
  const ids = top.findIndex(({ cells }) => {
    const texts = texted(cells);
    return texts.includes('school') && texts.every((text) => /^[a-z][a-z0-9_]*$/.test(text));
  });
  if (ids >= 0) return ids;
  const widest = Math.max(0, ...top.map(({ cells }) => texted(cells).length));
  let at = top.findIndex(({ cells }) => {
    const texts = texted(cells);
    const words = texts.filter((text) => decimalText(text) === undefined);
    return new Set(texts).size >= 2 && words.length * 2 > texts.length && texts.length * 2 >= widest;
  });
  while (at >= 0 && rows[at]?.spans && rows[at + 1]) at++;
  return at;
}

function texted(cells: readonly (Cell | undefined)[]): string[] {
  return cells.filter((cell) => cell !== undefined).map(({ text }) => text);
}

/** A column with figures but no header keeps its letter, so that it is reported and not lost. */
function headerOf(cell: Cell | undefined, below: readonly SheetRow[], column: number): string | undefined {
  if (cell) return headerText(cell.text);
  return below.some(({ cells }) => cells[column]) ? `(${columnLetter(column)})` : undefined;
}

function placed(sheet: string, line: number, names: readonly (string | undefined)[]): Record<string, string> {
  const columns = Object.create(null) as Record<string, string>;
  names.forEach((name, index) => {
    if (name === undefined) return;
    const column = columnLetter(index);
    if (Object.hasOwn(columns, name)) {
      const first = columns[name];
      throw new RuleViolation(
        'COLUMN_DUPLICATE',
        `Columns ${first} and ${column} of sheet ${sheet} are both called "${name}".`,
        {
          zh: `工作表“${sheet}”的 ${first} 列和 ${column} 列标题相同:“${name}”。`,
          where: `${sheet}!${column}${line}`,
          remedy: 'Delete or rename one of the columns.',
        },
      );
    }
    columns[name] = column;
  });
  return columns;
}

function rowOf(row: SheetRow, names: readonly (string | undefined)[]): Row {
  const cells = Object.create(null) as Record<string, Cell>;
  row.cells.forEach((cell, column) => {
    const name = names[column];
    if (cell && name !== undefined) cells[name] = cell;
  });
  return { line: row.line, cells };
}
