import { stringify } from 'csv-stringify/sync';
import type { Cell, DataValidation, Worksheet } from 'exceljs';
import { fitsExcelNumber } from './decimal-text.js';
import { figureText } from './figure-text.js';
import type { Figure, SchoolRow, TableField, TableForm } from './form.js';
import { withoutFormula } from './formula-text.js';
import { writeNotes } from './template-notes.js';

const KEYS = ['school', 'school_name'];
const KEY_LABELS = ['学校(机构)标识码', '学校名称'];
const HEADER_ROWS = 4;
const NOT_ASKED = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFD9D9D9' } } as const;
const HEADING = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFDDEBF7' } } as const;

/**
 * An xlsx file with one row a school. Above: section, label, unit and, hidden, the field ids that the file is read by.
 * Figures that exist already are filled in; fields that a school is not asked are grey.
 */
export async function writeTemplate(form: TableForm, schools: readonly SchoolRow[]): Promise<Buffer> {
  const { default: excel } = await import('exceljs');
  const workbook = new excel.Workbook();
  const frozen = { state: 'frozen', xSplit: KEYS.length, ySplit: HEADER_ROWS } as const;
  const sheet = workbook.addWorksheet('填报', { views: [frozen] });
  writeHeader(sheet, form);
  schools.forEach((school, index) => writeSchool(sheet, form, school, HEADER_ROWS + 1 + index));
  writeNotes(workbook.addWorksheet('填报说明'), form);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** The same rows as CSV in UTF-8 with a byte order mark, without which Excel garbles Chinese. */
export function writeTemplateCsv(form: TableForm, schools: readonly SchoolRow[]): Buffer {
  const fields = fieldsOf(form);
  const rows = schools.map(({ school, name, figures = {} }) => [
    school,
    withoutFormula(name),
    ...fields.map(({ id, kind }) => csvText(kind, figures[id])),
  ]);
  return Buffer.from(stringify([...headerRows(form), ...rows], { bom: true, record_delimiter: 'windows' }));
}

function headerRows(form: TableForm): string[][] {
  const fields = fieldsOf(form);
  return [
    ['', '', ...form.sections.flatMap(({ title, fields }) => fields.map((_, index) => (index === 0 ? title.zh : '')))],
    [...KEY_LABELS, ...fields.map(({ label }) => label.zh)],
    ['', '', ...fields.map(({ unit }) => unit)],
    [...KEYS, ...fields.map(({ id }) => id)],
  ];
}

function writeHeader(sheet: Worksheet, form: TableForm): void {
  sheet.addRows(headerRows(form));
  let column = KEYS.length + 1;
  for (const { fields } of form.sections) {
    if (fields.length > 1) sheet.mergeCells(1, column, 1, column + fields.length - 1);
    column += fields.length;
  }
  for (let line = 1; line <= HEADER_ROWS; line++) {
    const row = sheet.getRow(line);
    row.font = { bold: line <= 2 };
    row.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' };
    row.eachCell({ includeEmpty: true }, (cell) => (cell.fill = HEADING));
  }
  sheet.getRow(HEADER_ROWS).hidden = true;
  sheet.columns.forEach((each, index) => (each.width = index === 1 ? 24 : 14));
}

function writeSchool(sheet: Worksheet, form: TableForm, row: SchoolRow, line: number): void {
  const code = sheet.getCell(line, 1);
  code.numFmt = '@';
  code.value = row.school;
  sheet.getCell(line, 2).value = withoutFormula(row.name);
  fieldsOf(form).forEach((field, index) => {
    const cell = sheet.getCell(line, KEYS.length + 1 + index);
    const figure = row.figures?.[field.id];
    writeFigure(cell, field, figure);
    const validation = validationOf(field);
    if (validation) cell.dataValidation = validation;
    if (!isAsked(field, row)) cell.fill = NOT_ASKED;
  });
}

function writeFigure(cell: Cell, { kind }: TableField, figure: Figure | undefined): void {
  const isNumber = kind === 'whole' || kind === 'decimal' || kind === 'year';
  if (!isNumber) cell.numFmt = '@';
  if (figure === undefined) return;
  if (isNumber && typeof figure === 'string' && fitsExcelNumber(figure)) cell.value = Number(figure);
  else cell.value = kind === 'text' ? withoutFormula(figureText(figure)) : figureText(figure);
}

function csvText(kind: TableField['kind'], figure: Figure | undefined): string {
  if (figure === undefined) return '';
  return kind === 'text' ? withoutFormula(figureText(figure)) : figureText(figure);
}

function isAsked({ stages, schoolTypes }: TableField, row: SchoolRow): boolean {
  const type = row.schoolType === undefined || !schoolTypes || schoolTypes.includes(row.schoolType);
  return type && (row.stages === undefined || !stages || row.stages.some((stage) => stages.includes(stage)));
}

/** Warns while typing; `?` (known to be unknown) must stay possible, so a number is not enforced. */
function validationOf({ kind, label }: TableField): DataValidation | undefined {
  const asked = { allowBlank: true, showErrorMessage: true, errorTitle: label.zh };
  switch (kind) {
    case 'whole':
    case 'year':
      return {
        ...asked,
        type: 'whole',
        operator: 'greaterThanOrEqual',
        formulae: [0],
        errorStyle: 'warning',
        error: '请填整数;确实不详的填“?”。',
      };
    case 'decimal':
      return {
        ...asked,
        type: 'decimal',
        operator: 'greaterThanOrEqual',
        formulae: [0],
        errorStyle: 'warning',
        error: '请填数字;确实不详的填“?”。',
      };
    case 'flag':
      return {
        ...asked,
        type: 'list',
        formulae: ['"是,否,?"'],
        errorStyle: 'stop',
        error: '请填“是”或“否”;确实不详的填“?”。',
      };
    case 'list':
    case 'text':
      return undefined;
  }
}

function fieldsOf(form: TableForm): TableField[] {
  return form.sections.flatMap(({ fields }) => fields);
}
