import type { Cell as ExcelCell, CellValue, Worksheet } from 'exceljs';
import { decimalOfFloat, decimalText, movePoint } from './decimal-text.js';
import { fileNotATable, fileTooLarge } from './file-refusal.js';
import { asWritten } from './formula-text.js';
import type { Cell, CellNote, Sheet, SheetRow, TableLimits } from './table.js';
import { refuseZipBomb } from './unpacked.js';

/** What a table does not need; exceljs would expand validations of whole columns cell by cell. */
const IGNORED = [
  'dataValidations',
  'conditionalFormatting',
  'hyperlinks',
  'drawing',
  'picture',
  'tableParts',
  'extLst',
];

/** The visible sheets in their order. */
export async function readXlsx(content: Buffer, limits: TableLimits): Promise<Sheet[]> {
  refuseZipBomb(content, limits);
  // Loaded when a workbook comes: exceljs is heavy and most processes never see one.
  const { default: excel } = await import('exceljs');
  const workbook = new excel.Workbook();
  try {
    // exceljs declares an ArrayBuffer of its own; a Node buffer is what it reads.
    await workbook.xlsx.load(content as unknown as Parameters<typeof workbook.xlsx.load>[0], { ignoreNodes: IGNORED });
  } catch {
    throw fileNotATable({ en: 'the workbook is damaged', zh: '工作簿已损坏' });
  }
  return workbook.worksheets.filter(({ state }) => state === 'visible').map((sheet) => readSheet(sheet, limits));
}

function readSheet(sheet: Worksheet, limits: TableLimits): Sheet {
  const rows: SheetRow[] = [];
  sheet.eachRow((row, line) => {
    const cells: (Cell | undefined)[] = [];
    let spans = false;
    row.eachCell((cell, column) => {
      const read = readCell(cell);
      if (!read) return;
      if (column > limits.columns)
        throw fileTooLarge({ en: `more than ${limits.columns} columns`, zh: `超过 ${limits.columns} 列` });
      const slave = cell.isMerged && cell.master !== cell;
      if (slave && Number(cell.master.row) === line) spans = true;
      cells[column - 1] = slave ? { ...read, notes: [...read.notes, 'merged'] } : read;
    });
    if (cells.length > 0) rows.push({ line, cells, spans });
    if (rows.length > limits.rows)
      throw fileTooLarge({ en: `more than ${limits.rows} rows`, zh: `超过 ${limits.rows} 行` });
  });
  return { name: sheet.name, rows };
}

function readCell(cell: ExcelCell): Cell | undefined {
  const { value } = cell;
  if (value !== null && typeof value === 'object' && ('formula' in value || 'sharedFormula' in value)) {
    const result = readValue(value.result, cell.numFmt);
    return result
      ? { ...result, notes: ['formula', ...result.notes] }
      : { text: '', notes: ['formula', 'formula-without-result'] };
  }
  return readValue(value, cell.numFmt);
}

function readValue(value: CellValue | undefined, format: string | undefined): Cell | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'number') return readNumber(value, format);
  if (typeof value === 'boolean') return noted(value ? 'true' : 'false');
  if (typeof value === 'string') return noted(asWritten(value.trim()));
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return noted('#VALUE!', 'error');
    return noted(
      value
        .toISOString()
        .replace(/T00:00:00\.000Z$/, '')
        .replace(/\.\d+Z$/, ''),
      'date',
    );
  }
  if ('error' in value) return noted(value.error, 'error');
  if ('richText' in value)
    return noted(
      asWritten(
        value.richText
          .map(({ text }) => text)
          .join('')
          .trim(),
      ),
    );
  if ('text' in value) return readValue(value.text, format);
  return undefined;
}

function readNumber(value: number, format: string | undefined): Cell | undefined {
  const decimal = decimalOfFloat(value);
  if (decimal === undefined) return noted('#NUM!', 'error');
  if (!format?.replace(/"[^"]*"/g, '').includes('%')) return noted(decimal);
  return noted(`${decimalText(movePoint(decimal, 2)) ?? decimal}%`, 'percent');
}

function noted(text: string, ...notes: CellNote[]): Cell | undefined {
  return text === '' ? undefined : { text, notes };
}
