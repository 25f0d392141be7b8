import { describe, expect, it, jest } from '@jest/globals';
import excel from 'exceljs';
import { deflateRawSync } from 'node:zlib';
import { readTable } from './read-table.js';
import { TABLE_LIMITS } from './table.js';

// Workbooks and fractions take their time beside other specs on a small machine.
jest.setTimeout(60_000);

const csv = (text: string | Buffer, name = 'schools.csv') => readTable({ name, content: Buffer.from(text as string) });
const texts = (table: Awaited<ReturnType<typeof csv>>) =>
  table.rows.map(({ cells }) => table.headers.map((header) => cells[header]?.text));

async function xlsx(fill: (sheet: excel.Worksheet, workbook: excel.Workbook) => void) {
  const workbook = new excel.Workbook();
  fill(workbook.addWorksheet('填报'), workbook);
  return readTable({ name: 'x.xlsx', content: Buffer.from(await workbook.xlsx.writeBuffer()) });
}

describe('A CSV file', () => {
  it('is read with its empty cells left out, as empty is not zero', async () => {
    const table = await csv('school,pupils,books\n小学1,45,\n小学2,0,137\n');
    expect(table.sheet).toBe('schools');
    expect(texts(table)).toEqual([
      ['小学1', '45', undefined],
      ['小学2', '0', '137'],
    ]);
    expect(table.rows[0]?.line).toBe(2);
  });

  it.each([
    ['a byte order mark', Buffer.from('\ufeffschool,pupils\n小学,45\n')],
    ['UTF-16 as Excel saves Unicode text', Buffer.from('\ufeffschool\tpupils\r\n小学\t45\r\n', 'utf16le')],
    ['GB18030 as Excel saves it in China', Buffer.from('7363686f6f6c2c707570696c730ad0a1d1a72c34350a', 'hex')],
    ['semicolons', Buffer.from('school;pupils\n小学;45\n')],
    ["Excel's own separator line", Buffer.from('sep=;\nschool;pupils\n小学;45\n')],
    ['tabs', Buffer.from('school\tpupils\n小学\t45\n')],
  ])('may have %s', async (_, content) => {
    const table = await csv(content);
    expect(table.headers).toEqual(['school', 'pupils']);
    expect(texts(table)).toEqual([['小学', '45']]);
  });

  it('is not taken for GB18030 because of a square metre', async () => {
    expect((await csv('school,m²\nA,45\n')).headers).toEqual(['school', 'm2']);
  });

  it('may have a title above its headers', async () => {
    const table = await csv('附件1 竹山县办学条件,,\nschool,pupils,books\n小学1,45,279\n');
    expect(table.headers).toEqual(['school', 'pupils', 'books']);
  });

  it('keeps a column that has figures but no header, so that it is not lost', async () => {
    const table = await csv('school,,books\n小学1,45,279\n');
    expect(table.headers).toEqual(['school', '(B)', 'books']);
  });

  it('is refused when two columns have one name', async () => {
    await expect(csv('school,books,books\n小学1,45,279\n')).rejects.toMatchObject({
      code: 'COLUMN_DUPLICATE',
      details: { where: 'schools!C1' },
    });
  });

  it.each([
    ['empty', ''],
    ['figures alone', '1,2,3\n4,5,6\n'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex')],
    ['an old .xls file', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['a zip without a workbook', zip('readme.txt', Buffer.from('hello'))],
    ['a damaged zip', Buffer.from('504b0304ffff', 'hex')],
    ['an open quote', 'school,pupils\n"小学,45\n'],
  ])('is refused when it is %s', async (_, content) => {
    await expect(csv(content)).rejects.toMatchObject({ code: 'FILE_NOT_A_TABLE' });
  });
});

describe('A workbook', () => {
  it('gives numbers as exact text, whatever the float says', async () => {
    const table = await xlsx((sheet) => {
      sheet.addRow(['school', 'a', 'b', 'c', 'd']);
      sheet.addRow(['小学1', 0.1 + 0.2, 1610.3200000000002, 0, null]);
    });
    expect(texts(table)).toEqual([['小学1', '0.3', '1610.32', '0', undefined]]);
  });

  it('gives the saved result of a formula and says that it is one', async () => {
    const table = await xlsx((sheet) => {
      sheet.addRow(['school', 'sum', 'lost', 'wrong']);
      sheet.addRow([
        '小学1',
        { formula: '1+1', result: 2 },
        { formula: '1+1' },
        { formula: '1/0', result: { error: '#DIV/0!' } },
      ]);
    });
    expect(table.rows[0]?.cells).toMatchObject({
      sum: { text: '2', notes: ['formula'] },
      lost: { text: '', notes: ['formula', 'formula-without-result'] },
      wrong: { text: '#DIV/0!', notes: ['formula', 'error'] },
    });
  });

  it('gives dates, percentages and rich text as the user sees them', async () => {
    const table = await xlsx((sheet) => {
      sheet.addRow(['school', 'day', 'share', 'name']);
      sheet.addRow(['小学1', new Date('2013-09-01'), 0.125, { richText: [{ text: '擂鼓' }, { text: '小学' }] }]);
      sheet.getCell('C2').numFmt = '0.0%';
    });
    expect(table.rows[0]?.cells).toMatchObject({
      day: { text: '2013-09-01', notes: ['date'] },
      share: { text: '12.5%', notes: ['percent'] },
      name: { text: '擂鼓小学', notes: [] },
    });
  });

  it('may have merged group titles above its headers and a title above all', async () => {
    const table = await xlsx((sheet) => {
      sheet.addRow(['竹山县办学条件']);
      sheet.mergeCells('A1:D1');
      sheet.addRow(['学校', '校舍', null, '图书']);
      sheet.addRow([null, '面积', '体育', null]);
      sheet.mergeCells('B2:C2');
      sheet.mergeCells('A2:A3');
      sheet.mergeCells('D2:D3');
      sheet.addRow(['小学1', 1, 2, 3]);
    });
    expect(table.headers).toEqual(['学校', '面积', '体育', '图书']);
    expect(texts(table)).toEqual([['小学1', '1', '2', '3']]);
  });

  it('is read from its first visible sheet that is a table', async () => {
    const table = await xlsx((sheet, workbook) => {
      sheet.state = 'hidden';
      sheet.addRow(['school', 'old']);
      workbook.addWorksheet('封面').addRow(['竹山县']);
      workbook.addWorksheet('数据').addRows([
        ['school', 'pupils'],
        ['小学1', 45],
      ]);
    });
    expect(table.sheet).toBe('数据');
  });

  it('is refused beyond the rows, columns, cells and bytes that it may have', async () => {
    const workbook = new excel.Workbook();
    workbook.addWorksheet('填报').addRows([
      ['school', 'pupils'],
      ['小学1', 45],
    ]);
    const content = Buffer.from(await workbook.xlsx.writeBuffer());
    await expect(readTable({ name: 'x', content }, { ...TABLE_LIMITS, rows: 1 })).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
    });
    await expect(readTable({ name: 'x', content }, { ...TABLE_LIMITS, columns: 1 })).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
    });
    await expect(readTable({ name: 'x', content }, { ...TABLE_LIMITS, cells: 3 })).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
    });
    await expect(readTable({ name: 'x', content }, { ...TABLE_LIMITS, bytes: 100 })).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
    });
  });

  it('is refused when it unpacks to more than it may, whatever size it declares', async () => {
    const bomb = zip('xl/workbook.xml', Buffer.alloc(5_000_000), 10);
    await expect(
      readTable({ name: 'x', content: bomb }, { ...TABLE_LIMITS, unpackedBytes: 1_000_000 }),
    ).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
    });
  });

  it.each([
    ['a merged cell', 'xl/worksheets/sheet1.xml', '<mergeCell ref="A1:XFD1048576"/>'],
    ['a merged cell in disguise', 'xl/worksheets/sheet1.xml', "<mergeCell\nref='&#65;1:XFD1048576'/>"],
    [
      'the second part of a named range',
      'xl/workbook.xml',
      '<definedName>A!$A$1:$A$2,A!$A$1:$XFD$1048576</definedName>',
    ],
    ['a named range', 'xl/workbook.xml', '<definedName name="a">\'填报\'!$A$1:$XFD$1048576</definedName>'],
  ])('is refused when %s covers the whole sheet', async (_, part, xml) => {
    await expect(csv(zip(part, Buffer.from(xml)))).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
  });
});

/** A zip with one part, which may lie about its size. */
function zip(name: string, content: Buffer, declared = content.length): Buffer {
  const packed = deflateRawSync(content);
  const header = (signature: string, size: number) => {
    const bytes = Buffer.alloc(size);
    bytes.write(signature, 0, 'hex');
    return bytes;
  };
  const local = header('504b0304', 30);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(declared, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = header('504b0102', 46);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(declared, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = header('504b0506', 22);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end]);
}
