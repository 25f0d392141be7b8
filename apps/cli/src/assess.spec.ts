import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, jest } from '@jest/globals';
import { cnBasic2012 } from '@junheng/standards';
import { Command } from 'commander';
import { assessCommand } from './assess.command.js';

const published = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

async function written(name: string, content: string | Buffer): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'assess-')), name);
  await writeFile(file, content);
  return file;
}

function exitStatus(): number {
  return Number(process.exitCode ?? 0);
}

/** Runs the command as a shell would. */
async function run(...args: string[]) {
  const out: string[] = [];
  const errors: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((text: string) => void out.push(text));
  const error = jest.spyOn(console, 'error').mockImplementation((text: string) => void errors.push(text));
  const program = new Command();
  assessCommand(program);
  process.exitCode = undefined;
  await program.parseAsync(['node', 'junheng', 'assess', ...args]);
  const status = exitStatus();
  process.exitCode = undefined;
  log.mockRestore();
  error.mockRestore();
  return { status, out: out.join('\n'), error: errors.join('\n') };
}

interface Json {
  county: { stages: { stage: string; indicators: Record<string, unknown>[] }[]; gaps: Record<string, unknown>[] };
  split: Record<string, unknown>[];
  conflicts: Record<string, unknown>[];
  published: Record<string, unknown>[];
}
const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).out) as Json;

describe('junheng assess', () => {
  it('gives the worked example as a table', async () => {
    const { status, out } = await run(published('books-worked-example.csv'), '--standard', 'cn-basic-2012');
    expect(status).toBe(0);
    expect(out).toMatch(/L5 生均图书册数 +6\.334437 +3\.263861 +0\.515257/);
    expect(out).toContain('No figures for: L1');
    expect(out).toContain('County: incomplete');
  });

  it('gives the worked example as JSON', async () => {
    const { county } = await json(published('books-worked-example.csv'), '--standard', 'cn-basic-2012');
    const books = county.stages[0]?.indicators.find(({ indicator }) => indicator === 'books');
    expect(books).toMatchObject({ mean: '6.334437086093', deviation: '3.263860705195', cv: '0.515256629884' });
  });

  it('splits a nine-year school', async () => {
    const { split } = await json(published('nine-year-split.csv'), '--standard', 'cn-basic-2012');
    expect(split).toMatchObject([
      { stage: 'primary', field: 'books', whole: '23226', part: '9711.627204030227' },
      { stage: 'junior', field: 'books', whole: '23226', part: '13514.372795969773' },
    ]);
  });

  it('lists the gaps of Leigu with their origin, and the enrolments that conflict', async () => {
    const shortfalls = ['--shortfalls', published('leigu-2013-gaps.csv')];
    const leigu = [published('leigu-2013-schools.csv'), '--standard', 'hubei-2012', ...shortfalls];
    const { county, conflicts } = await json(...leigu);
    expect(county.gaps).toContainEqual(
      expect.objectContaining({
        school: '擂鼓镇小学',
        item: 'land',
        amount: '7044',
        origin: 'computed',
        conflict: null,
      }),
    );
    expect(county.gaps).toContainEqual(
      expect.objectContaining({ school: '护驾小学', item: 'green', amount: '1754', origin: 'recorded' }),
    );
    expect(county.gaps).toContainEqual(
      expect.objectContaining({ school: '鼓锣小学', item: 'green', amount: null, origin: 'unknown' }),
    );
    expect(conflicts).toContainEqual({
      school: '擂鼓镇小学',
      field: 'enrol',
      values: [
        { value: '795', source: 'pupils' },
        { value: '705', source: 'pupils_in_speech' },
      ],
    });
    expect((await run(...leigu)).out).toMatch(/鼓锣小学 +绿化面积 +unknown +m2 +unknown/);
  });

  it('takes published coefficients of counties', async () => {
    const { published: counties } = await json(published('published-cv.csv'), '--standard', 'cn-basic-2012');
    expect(counties).toHaveLength(13);
    expect(counties.find(({ county, stage }) => county === '永川区' && stage === 'primary')).toMatchObject({
      composite: { cv: '0.56275', within: true },
      printedComposite: '0.562',
      agreement: 'unrounded',
      balance: 'pass',
    });
  });

  it('compares the same table under a standard that limits each coefficient', async () => {
    const { published: counties } = await json(published('published-cv.csv'), '--standard', 'cn-quality-2017');
    expect(counties[0]).toMatchObject({ county: '庐阳区', balance: 'fail', composite: null });
    const { indicators } = counties[0] as { indicators: Record<string, unknown>[] };
    // Its coefficient has no scale; its mean is per pupil there and per 100 pupils here.
    expect(indicators[0]).toMatchObject({ indicator: 'above-qualification', cv: '0.286', mean: null });
  });

  it('knows the fields and the Chinese labels of the annual return', async () => {
    const file = await written(
      '县.csv',
      '学校,小学在校生数,图书,p_ft_teachers,备注\n甲,100,1000,6,\n乙,50,"1,200",?,新建\n',
    );
    const { county } = await json(file, '--standard', 'cn-basic-2012', '--stage', 'primary');
    const indicators = county.stages[0]?.indicators ?? [];
    expect(indicators.find(({ indicator }) => indicator === 'books')).toMatchObject({ mean: '14.666666666667' });
    expect(indicators.find(({ indicator }) => indicator === 'teachers')).toMatchObject({ missing: ['乙'], cv: null });
  });

  it('takes figures of the county that no school reports', async () => {
    const { out } = await run(
      ...[published('books-worked-example.csv'), '--standard', 'cn-basic-2012'],
      ...['--condition', 'work-score=84.9', '--condition', 'schools-meet-provincial-norms=true'],
    );
    expect(out).toMatch(/work-score +84\.9 +fail/);
    expect(out).toContain('County: fail');
  });

  it('takes the content of a standard from a file', async () => {
    const file = await written('own.json', JSON.stringify({ ...cnBasic2012, id: 'own', region: '50' }));
    expect((await run(published('books-worked-example.csv'), '--standard', file)).out).toContain('own version 1');
  });
});

describe('junheng assess with a bad input', () => {
  const books = published('books-worked-example.csv');

  it('names the row and the column', async () => {
    const file = await written('bad.csv', 'school,pupils,books\n甲,100,1000\n乙,5o,12\n');
    const { status, error, out } = await run(file, '--standard', 'cn-basic-2012');
    expect([status, out]).toEqual([2, '']);
    expect(error).toContain('row 3, column B "pupils": "5o" is not a number');
  });

  it('takes no school twice', async () => {
    const file = await written('twice.csv', 'school,pupils,books\n甲,100,1000\n甲,50,12\n');
    const { status, error } = await run(file, '--standard', 'cn-basic-2012');
    expect(status).toBe(2);
    expect(error).toContain('row 3, column A "school": "甲" is in row 2 already');
  });

  it('lists the standards when one is unknown', async () => {
    const { status, error } = await run(books, '--standard', 'cn-basic-2013');
    expect(status).toBe(2);
    expect(error).toContain('Known are: cn-basic-2012, cn-quality-2017, gansu, hubei-2012.');
  });

  it('says which column is missing', async () => {
    const file = await written('no-pupils.csv', 'school,books\n甲,100\n乙,12\n');
    const { status, error } = await run(file, '--standard', 'cn-basic-2012');
    expect(status).toBe(2);
    expect(error).toContain('No column holds their pupils');
  });

  it('says that there is no such file', async () => {
    const { status, error } = await run('/nowhere/schools.csv', '--standard', 'cn-basic-2012');
    expect(status).toBe(2);
    expect(error).toContain('ENOENT');
  });

  it('says where a standard is wrong', async () => {
    const file = await written('own.json', JSON.stringify({ ...cnBasic2012, validFrom: '2012' }));
    const { status, error } = await run(books, '--standard', file);
    expect(status).toBe(2);
    expect(error).toContain('validFrom');
  });

  it('refuses a stage that is none, and a condition that is no figure', async () => {
    expect((await run(books, '--standard', 'cn-basic-2012', '--stage', 'middle')).error).toContain('[STAGE_UNKNOWN]');
    expect((await run(books, '--standard', 'cn-basic-2012', '--condition', 'work-score=ninety')).error).toContain(
      '[CONDITION_VALUE_INVALID]',
    );
  });
});
