import { describe, expect, it, jest } from '@jest/globals';
import { readReturns, readTable, writeTemplate, writeTemplateCsv } from '@junheng/documents';
import { annualReturnForm } from '@junheng/reporting-domain';
import { madeUpFigures } from './made-up-figures.js';
import { madeUpCounties } from './made-up-schools.js';

// Workbooks and fractions take their time beside other specs on a small machine.
jest.setTimeout(60_000);

const rows = madeUpCounties()
  .slice(0, 2)
  .flatMap(({ stage, schools }, county) =>
    schools.map((school, i) => ({
      school: `2134${String(county * 100 + i).padStart(6, '0')}`,
      name: `示例小学${i}`,
      schoolType: stage,
      stages: [stage],
      figures: madeUpFigures(stage, school),
    })),
  );
const read = async (content: Buffer) =>
  readReturns(annualReturnForm, await readTable({ name: 'annual-return', content }));
const given = rows.map(({ school, figures }) => ({ school, figures, errors: [], warnings: [] }));

describe('The template of the annual return', () => {
  it.each([
    ['a workbook', () => writeTemplate(annualReturnForm, rows)],
    ['CSV', () => Promise.resolve(writeTemplateCsv(annualReturnForm, rows))],
  ])('brings every figure of a county back from %s', async (_, write) => {
    const { rows: back, errors } = await read(await write());
    expect(errors).toEqual([]);
    expect(back.map(({ line: _line, ...row }) => row)).toEqual(given);
  });

  it('is understood by its Chinese labels alone, as none means two fields', async () => {
    const [, labels, , , ...schools] = writeTemplateCsv(annualReturnForm, rows).toString().split('\r\n');
    const { rows: back, errors } = await read(Buffer.from([labels, ...schools].join('\r\n')));
    expect(errors).toEqual([]);
    expect(back.map(({ figures }) => figures)).toEqual(rows.map(({ figures }) => figures));
  });
});
