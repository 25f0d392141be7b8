import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { soundFigures } from '@junheng/reporting-domain/testing';
import ExcelJS from 'exceljs';
import type { Client } from './client.fixture.js';
import { County } from './county.fixture.js';
import { sharedStack, START_MS } from './stack.fixture.js';

const EXPORT = `query ($format: FileFormat!, $atLeast: AtLeast) {
  exportReturns(county: "630102", schoolYear: 2013, format: $format, atLeast: $atLeast) { fileName content }
}`;
const IMPORT = `mutation ($input: ImportReturnsInput!, $commandId: ID!) {
  importReturns(county: "630102", schoolYear: 2013, input: $input, commandId: $commandId) {
    dryRun saved position errors { code where message }
    rows { line school saved changes { section field before after } errors { code field where message } }
  }
}`;
const FIGURES = `query ($school: ID!, $atLeast: AtLeast) {
  annualReturn(county: "630102", school: $school, schoolYear: 2013, atLeast: $atLeast) { version figures }
}`;

let client: Client;
let county: County;
let position: number;
beforeAll(async () => {
  ({ client } = await sharedStack());
  county = await County.found(client, '630102', 2);
  ({ position } = await county.enter(1));
}, START_MS);

const atLeast = () => ({ tenant: county.code, position });

async function exported(format: 'xlsx' | 'csv') {
  const { exportReturns } = await client.ask(county.admin, EXPORT, { format, atLeast: atLeast() });
  return { fileName: exportReturns.fileName as string, content: Buffer.from(exportReturns.content, 'base64') };
}

async function imported(
  file: { fileName: string; content: Buffer },
  dryRun?: boolean,
  commandId: string = randomUUID(),
) {
  const input = {
    fileName: file.fileName,
    content: file.content.toString('base64'),
    ...(dryRun !== undefined && { dryRun }),
  };
  const { importReturns } = await client.ask(county.admin, IMPORT, { input, commandId });
  return importReturns;
}

async function figures(serial: number) {
  const variables = { school: county.school(serial), atLeast: atLeast() };
  return (await client.ask(county.admin, FIGURES, variables)).annualReturn;
}

/** Writes into the cell of a school’s row and a field’s column, wherever the template has them. */
async function changed(
  file: { fileName: string; content: Buffer },
  serial: number,
  cells: Record<string, string | number>,
) {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(file.content as never);
  for (const [field, value] of Object.entries(cells)) cellOf(workbook, county.school(serial), field).value = value;
  return { ...file, content: Buffer.from(await workbook.xlsx.writeBuffer()) };
}

function cellOf(workbook: ExcelJS.Workbook, school: string, field: string): ExcelJS.Cell {
  for (const sheet of workbook.worksheets) {
    const found: { row?: number; column?: number } = {};
    sheet.eachRow((row, at) => {
      row.eachCell((cell, column) => {
        if (cell.text === field) found.column = column;
        if (cell.text === school) found.row = at;
      });
    });
    if (found.row !== undefined && found.column !== undefined) return sheet.getCell(found.row, found.column);
  }
  throw new Error(`The template has no cell for ${field} of ${school}.`);
}

const noChanges = (report: { rows: { changes: unknown[] }[] }) => report.rows.flatMap(({ changes }) => changes);

describe.each(['xlsx', 'csv'] as const)('The template as %s', (format) => {
  it('imported as it was exported, changes nothing', async () => {
    const report = await imported(await exported(format), false);
    expect(report).toMatchObject({ saved: 0, errors: [] });
    expect(noChanges(report)).toEqual([]);
    expect(report.rows.flatMap(({ errors }: { errors: unknown[] }) => errors)).toEqual([]);
  });
});

describe('A file with changed cells', () => {
  it('is a dry run unless it says otherwise, lists what would change and the errors of each row, and saves nothing', async () => {
    const before = await figures(1);
    const first = await changed(await exported('xlsx'), 1, { books: 5411, computers: 41 });
    const both = await changed(first, 2, { books: 'viele' });
    const report = await imported(both);
    expect(report).toMatchObject({ dryRun: true, saved: 0, position: null });
    const [row, wrong] = [1, 2].map((serial) => {
      return report.rows.find(({ school }: { school: string }) => school === county.school(serial));
    });
    expect(row.changes).toEqual(
      expect.arrayContaining([
        { section: 'resources', field: 'books', before: '5400', after: '5411' },
        { section: 'resources', field: 'computers', before: '40', after: '41' },
      ]),
    );
    expect(row).toMatchObject({ errors: [], saved: false });
    expect(row.changes).toHaveLength(2);
    expect(wrong.errors).toEqual([
      expect.objectContaining({ field: 'books', where: expect.stringMatching(/[A-Z]+\d+$/) }),
    ]);
    expect(await figures(1)).toEqual(before);
  });

  it('is applied once, whatever it is sent again, and leaves out the rows with errors', async () => {
    const first = await changed(await exported('xlsx'), 1, { books: 5411 });
    const file = await changed(first, 2, { books: 'viele' });
    const commandId = randomUUID();
    const report = await imported(file, false, commandId);
    expect(report).toMatchObject({ dryRun: false, saved: 1, position: expect.any(Number) });
    ({ position } = report);
    const after = await figures(1);
    expect(after.figures).toEqual({ ...soundFigures, books: '5411' });
    expect(await figures(2)).toMatchObject({ version: 0, figures: {} });

    for (const id of [commandId, randomUUID()]) {
      const again = await imported(file, false, id);
      expect(again).toMatchObject({ saved: 0 });
      expect(noChanges(again)).toEqual([]);
    }
    expect(await figures(1)).toEqual(after);
  });

  it('is refused when it is no table, with a word for the user', async () => {
    const input = { fileName: 'returns.xlsx', content: Buffer.from('no workbook').toString('base64') };
    const refusal = await client.refusal(county.admin, IMPORT, { input, commandId: randomUUID() });
    expect(refusal.code).toMatch(/^FILE_/);
  });
});
