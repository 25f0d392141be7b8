import { describe, expect, it, jest } from '@jest/globals';
import excel from 'exceljs';
import fc from 'fast-check';
import type { Figures, TableField, TableForm } from './form.js';
import { readTable } from './read-table.js';
import { readReturns } from './returns.js';
import { writeTemplate, writeTemplateCsv } from './template.js';

// Workbooks and fractions take their time beside other specs on a small machine.
jest.setTimeout(60_000);

const field = (id: string, kind: TableField['kind'], zh: string, unit: string, decimals = 0): TableField => {
  return { id, kind, label: { zh, en: id }, unit, decimals };
};
const form: TableForm = {
  id: 'annual-return',
  version: 1,
  title: { zh: '年报', en: 'Annual return' },
  sections: [
    {
      id: 'pupils',
      title: { zh: '学生', en: 'Pupils' },
      fields: [field('p_enrol', 'whole', '小学在校生数', '人'), field('class_sizes', 'list', '每班人数', '人')],
    },
    {
      id: 'site',
      title: { zh: '校舍', en: 'Site' },
      fields: [
        field('teach_area', 'decimal', '教学及辅助用房面积', 'm²', 2),
        field('boarding_school', 'flag', '寄宿制', ''),
        field('founded', 'year', '建校年份', '年'),
        field('remark', 'text', '说明', ''),
      ],
    },
  ],
};
const LEIGU = '2142030001';

async function read(text: string) {
  return readReturns(form, await readTable({ name: 'returns.csv', content: Buffer.from(text) }));
}

describe('A table of returns', () => {
  it('is understood by field ids and by labels with or without units', async () => {
    const byId = await read(`school,p_enrol,teach_area\n${LEIGU},795,1844.70\n`);
    const byLabel = await read(`学校（机构）标识码,小学在校生数,教学及辅助用房面积(m²)\n${LEIGU},795,"1,844.7"\n`);
    expect(byId.rows).toMatchObject([{ school: LEIGU, figures: { p_enrol: '795', teach_area: '1844.7' }, errors: [] }]);
    expect(byLabel.rows).toEqual(byId.rows);
  });

  it('tells empty, zero and unknown apart', async () => {
    const { rows } = await read(`school,p_enrol,teach_area,class_sizes\n${LEIGU},,0,?\n`);
    expect(rows[0]?.figures).toEqual({ teach_area: '0', class_sizes: null });
  });

  it.each([
    ['p_enrol', '79.5', 'CELL_NOT_WHOLE'],
    ['p_enrol', '约800', 'CELL_NOT_A_NUMBER'],
    ['teach_area', '1.234', 'CELL_TOO_PRECISE'],
    ['teach_area', '12%', 'CELL_IS_A_PERCENTAGE'],
    ['boarding_school', '不寄宿', 'CELL_NOT_YES_OR_NO'],
    ['class_sizes', '45; x', 'CELL_NOT_A_NUMBER'],
  ])('reports the place where %s says "%s"', async (id, text, code) => {
    const { rows } = await read(`school,${id}\n${LEIGU},${text}\n`);
    expect(rows[0]).toMatchObject({
      figures: {},
      errors: [{ code, sheet: 'returns', row: 2, column: 'B', field: id }],
    });
  });

  it('reports rows that belong to no school, to a wrong code or to a school that was there', async () => {
    const { rows, errors } = await read(`school,p_enrol\n${LEIGU},1\n,2\n214203,3\n${LEIGU},4\n合计,10\n`);
    expect(rows.map(({ figures }) => figures)).toEqual([{ p_enrol: '1' }]);
    expect(errors.map(({ code, row }) => [code, row])).toEqual([
      ['ROW_WITHOUT_SCHOOL', 3],
      ['SCHOOL_CODE_INVALID', 4],
      ['ROW_DUPLICATE', 5],
      ['SCHOOL_CODE_INVALID', 6],
    ]);
  });

  it('reports columns that the form does not ask for, or that come twice', async () => {
    const { errors } = await read(`school,enrolment,p_enrol,小学在校生数,备注\n${LEIGU},1,2,3,x\n`);
    expect(errors).toMatchObject([
      { code: 'COLUMN_UNKNOWN', column: 'B', message: 'Column B "enrolment" is no field of this form.' },
      { code: 'COLUMN_DUPLICATE', column: 'D' },
    ]);
  });

  it('is refused without a column of school codes', async () => {
    await expect(read('学校名称,p_enrol\n擂鼓镇小学,795\n')).rejects.toMatchObject({ code: 'COLUMN_SCHOOL_MISSING' });
  });

  it('takes the result of a formula with a warning, and nothing from merged cells, dates or lost results', async () => {
    const workbook = new excel.Workbook();
    const sheet = workbook.addWorksheet('填报');
    sheet.addRows([
      ['school', 'p_enrol', 'teach_area', 'founded'],
      [LEIGU, { formula: '700+95', result: 795 }, { formula: 'A1' }, new Date('1958-09-01')],
      ['2142030002', 227, 9, 1960],
      ['2142030003', 314, 9, 1961],
    ]);
    sheet.mergeCells('C3:C4');
    const content = Buffer.from(await workbook.xlsx.writeBuffer());
    const { rows } = readReturns(form, await readTable({ name: 'x.xlsx', content }));
    expect(rows[0]).toMatchObject({
      figures: { p_enrol: '795' },
      warnings: [{ code: 'CELL_FROM_FORMULA', row: 2, column: 'B' }],
      errors: [{ code: 'CELL_FORMULA_EMPTY' }, { code: 'CELL_IS_A_DATE' }],
    });
    expect(rows[2]).toMatchObject({
      figures: { founded: '1961' },
      errors: [{ code: 'CELL_MERGED', row: 4, column: 'C' }],
    });
  });
});

describe('A template', () => {
  const decimal = (places: number) =>
    fc
      .tuple(fc.nat({ max: 10 ** 9 }), fc.integer({ min: 0, max: 10 ** places - 1 }))
      .map(([whole, rest]) => `${whole}.${String(rest).padStart(places, '0')}`.replace(/\.?0+$/, ''))
      .map((text) => text || '0');
  const whole = fc.nat({ max: 10 ** 6 }).map(String);
  const unknownOr = <T>(figure: fc.Arbitrary<T>) => fc.option(figure, { freq: 6, nil: null });
  const figures = fc.record(
    {
      p_enrol: unknownOr(whole),
      class_sizes: unknownOr(fc.array(whole, { maxLength: 20 })),
      teach_area: unknownOr(decimal(2)),
      boarding_school: unknownOr(fc.boolean()),
      founded: unknownOr(fc.integer({ min: 1840, max: 2013 }).map(String)),
      remark: fc.constantFrom('=1+1', "'=1", '-2', '@SUM(A1)', '+86 719', '改建,见附件', '第一行\n"第二行"', '无'),
    },
    { requiredKeys: [] },
  );
  const returns = fc.uniqueArray(fc.tuple(fc.nat({ max: 999_999 }), figures), {
    selector: ([serial]) => serial,
    maxLength: 8,
  });
  const rowsOf = (made: [number, Figures][]) =>
    made.map(([serial, each]) => ({
      school: `2142${String(serial).padStart(6, '0')}`,
      name: '=示例小学',
      figures: each,
    }));

  it.each([
    ['xlsx', writeTemplate],
    ['CSV', (...given: Parameters<typeof writeTemplateCsv>) => Promise.resolve(writeTemplateCsv(...given))],
  ])('written as %s and read again gives the same figures', async (_, write) => {
    await fc.assert(
      fc.asyncProperty(returns, async (made) => {
        const rows = rowsOf(made);
        const table = await readTable({ name: 'returns', content: await write(form, rows) });
        const { rows: read, errors } = readReturns(form, table);
        expect(errors).toEqual([]);
        expect(read.map(({ school, figures, errors }) => ({ school, figures, errors }))).toEqual(
          rows.map(({ school, figures }) => ({ school, figures, errors: [] })),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('says section, label and unit above the hidden field ids, and how to fill it in', async () => {
    const workbook = new excel.Workbook();
    const content = await writeTemplate(form, [{ school: LEIGU, name: '擂鼓镇小学' }]);
    await workbook.xlsx.load(content as unknown as Parameters<typeof workbook.xlsx.load>[0]);
    const sheet = workbook.getWorksheet('填报');
    expect(sheet?.getRow(1).getCell(5).text).toBe('校舍');
    expect(sheet?.getRow(2).getCell(5).text).toBe('教学及辅助用房面积');
    expect(sheet?.getRow(3).getCell(5).text).toBe('m²');
    expect(sheet?.getRow(4).hidden).toBe(true);
    expect(sheet?.getCell('A5')).toMatchObject({ value: LEIGU, numFmt: '@' });
    expect(sheet?.views).toMatchObject([{ state: 'frozen', xSplit: 2, ySplit: 4 }]);
    expect(workbook.getWorksheet('填报说明')?.getCell('A3').text).toContain('不是 0');
  });

  it('lets no text run as a formula in the program that opens it', async () => {
    const row = { school: LEIGU, name: '=HYPERLINK("http://x")', figures: { remark: '=1+1' } };
    expect(writeTemplateCsv(form, [row]).toString()).toContain(`${LEIGU},"'=HYPERLINK(""http://x"")",,,,,,'=1+1`);
  });
});
