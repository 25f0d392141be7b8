import { columnsOf, type Columns } from './columns.js';
import { figureOf } from './figure-text.js';
import type { Figure, Figures, TableField, TableForm } from './form.js';
import type { Cell, Row, Table, TableError } from './table.js';

/** 学校(机构)标识码: ten digits; which of them exist, the register knows. */
const SCHOOL_CODE = /^\d{10}$/;

export interface ReturnRow {
  readonly line: number;
  readonly school: string;
  /** What the row says; a field whose cell is empty or wrong is absent. */
  readonly figures: Figures;
  readonly errors: readonly TableError[];
  /** What was taken as it stands, but should be looked at: results of formulas. */
  readonly warnings: readonly TableError[];
}

export interface Returns {
  readonly rows: readonly ReturnRow[];
  /** What concerns the table and no school: unknown columns, rows without a school. */
  readonly errors: readonly TableError[];
}

/**
 * What a table of a form's template says, school by school. Nothing is guessed: what cannot be read is an error with
 * its place. Throws RuleViolation COLUMN_SCHOOL_MISSING.
 */
export function readReturns(form: TableForm, table: Table): Returns {
  const columns = columnsOf(form, table);
  const errors = [...columns.errors];
  const rows: ReturnRow[] = [];
  const lines = new Map<string, number>();
  for (const row of table.rows) {
    const place = { sheet: table.sheet, row: row.line, column: table.columns[columns.school] ?? '' };
    const school = row.cells[columns.school]?.text;
    if (school === undefined) {
      errors.push({
        ...place,
        code: 'ROW_WITHOUT_SCHOOL',
        message: `Row ${row.line} has no school code.`,
        zh: `第 ${row.line} 行没有学校标识码。`,
      });
    } else if (!SCHOOL_CODE.test(school)) {
      const zh = `第 ${row.line} 行的学校标识码“${school}”不是 10 位数字。`;
      errors.push({
        ...place,
        code: 'SCHOOL_CODE_INVALID',
        message: `Row ${row.line}: "${school}" is no 10-digit school code.`,
        zh,
      });
    } else if (lines.has(school)) {
      const first = lines.get(school);
      const zh = `第 ${row.line} 行与第 ${first} 行是同一所学校 ${school}。`;
      errors.push({
        ...place,
        code: 'ROW_DUPLICATE',
        message: `Rows ${first} and ${row.line} are both school ${school}.`,
        zh,
      });
    } else {
      lines.set(school, row.line);
      rows.push(returnOf(table, columns, row, school));
    }
  }
  return { rows, errors };
}

function returnOf(table: Table, columns: Columns, row: Row, school: string): ReturnRow {
  const figures: Record<string, Figure> = {};
  const errors: TableError[] = [];
  const warnings: TableError[] = [];
  for (const [header, field] of columns.fields) {
    const cell = row.cells[header];
    if (!cell) continue;
    const at = cellPlace(table, row, header, field);
    const read = figureOf(field, cell);
    if ('code' in read) {
      errors.push({ ...at.place, code: read.code, message: `${at.en} ${read.en}.`, zh: `${at.zh}${read.zh}。` });
      continue;
    }
    figures[field.id] = read.figure;
    if (isFormula(cell)) {
      const message = `${at.en} holds a formula; its result ${cell.text} is taken.`;
      warnings.push({ ...at.place, code: 'CELL_FROM_FORMULA', message, zh: `${at.zh}是公式,取其结果 ${cell.text}。` });
    }
  }
  return { line: row.line, school, figures, errors, warnings };
}

function isFormula({ notes }: Cell): boolean {
  return notes.includes('formula');
}

function cellPlace(table: Table, row: Row, header: string, field: TableField) {
  const column = table.columns[header] ?? '';
  return {
    place: { sheet: table.sheet, row: row.line, column, field: field.id },
    en: `Cell ${column}${row.line} (${field.label.en})`,
    zh: `第 ${row.line} 行 ${column} 列“${field.label.zh}”`,
  };
}
