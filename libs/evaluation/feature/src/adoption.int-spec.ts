import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hubei2012 } from '@junheng/standards';
import { booksStandard, caller, openEvaluation, type OpenEvaluation, primary } from './evaluation.fixture.js';
import { AdoptedStandards, Standards } from './standard-list.query.js';

const school = '2142010001';
const second = { ...booksStandard, version: '2' };
const adopt = (version: string, fromSchoolYear: number) =>
  ({ type: 'AdoptStandard', version, fromSchoolYear }) as const;
const refused = (code: string) => expect.objectContaining({ code });

let evaluation: OpenEvaluation;
beforeAll(async () => {
  evaluation = await openEvaluation();
  await evaluation.region('42', 'province');
  await evaluation.region('4203', 'city');
  await evaluation.region('43', 'province');
  await evaluation.publish('42', booksStandard);
  await evaluation.publish('42', second);
  await evaluation.catchUp();
});
afterAll(() => evaluation.close());

async function county(code: string, ...years: readonly number[]): Promise<void> {
  await evaluation.region(code, 'county');
  await evaluation.school(code, primary(school));
  for (const year of years) await evaluation.campaign(code, year);
}

const listed = async (region: string) => {
  await evaluation.catchUp();
  const standards = await evaluation.queries.execute(new Standards(region));
  return standards.map(({ standard, version }) => `${standard}/${version}`);
};

describe('A county', () => {
  it('is judged in each school year by the version that it had adopted for it', async () => {
    const code = '420301';
    const years = [2012, 2013, 2014, 2015, 2016, 2017];
    await county(code, ...years);
    await evaluation.adopt(code, 'books-42', adopt('1', 2013));
    await evaluation.adopt(code, 'books-42', adopt('2', 2015));
    await evaluation.adopt(code, 'books-42', { type: 'EndStandardAdoption', untilSchoolYear: 2016 });
    const versions: string[][] = [];
    for (const schoolYear of years) {
      versions.push((await evaluation.board(code, { schoolYear })).map(({ version }) => version));
    }
    expect(versions).toEqual([[], ['1'], ['1'], ['2'], ['2'], []]);
    const adopted = await evaluation.queries.execute(new AdoptedStandards(code, caller(code, school).scope));
    expect(adopted).toMatchObject([
      { version: '1', fromSchoolYear: 2013, untilSchoolYear: 2014 },
      { version: '2', fromSchoolYear: 2015, untilSchoolYear: 2016 },
    ]);
  });

  it('is judged by several standards side by side', async () => {
    const code = '420302';
    await county(code, 2013);
    await evaluation.adopt(code, 'cn-basic-2012', adopt(await versionOf(code, 'cn-basic-2012'), 2013));
    await evaluation.adopt(code, 'books-42', adopt('1', 2013));
    expect((await evaluation.board(code)).map(({ standard }) => standard)).toEqual(['books-42', 'cn-basic-2012']);
  });

  it('adopts what is published above it, and nothing else', async () => {
    await county('430301');
    expect(await listed('430301')).not.toContain('books-42/1');
    await expect(evaluation.adopt('430301', 'books-42', adopt('1', 2013))).rejects.toEqual(refused('STANDARD_UNKNOWN'));
    expect(await listed('42')).toEqual(expect.arrayContaining(['books-42/1', 'books-42/2']));
  });

  it('adopts what its city published, which the next city does not see', async () => {
    const ofCity = { ...booksStandard, id: 'books-4203', region: '4203' };
    await evaluation.publish('4203', ofCity);
    await county('420303', 2013);
    await evaluation.catchUp();
    await evaluation.adopt('420303', 'books-4203', adopt('1', 2013));
    expect((await evaluation.board('420303')).map(({ standard }) => standard)).toEqual(['books-4203']);
    expect(await listed('420501')).not.toContain('books-4203/1');
    expect(await listed('42')).not.toContain('books-4203/1');
  });
});

describe('A version of a standard', () => {
  it('means one text: no region below publishes another under its name', async () => {
    const other = { ...booksStandard, region: '4203' };
    await expect(evaluation.publish('4203', other)).rejects.toEqual(refused('STANDARD_VERSION_EXISTS'));
    const national = { ...booksStandard, id: 'cn-basic-2012', region: '43' };
    await expect(evaluation.publish('43', national)).rejects.toEqual(refused('STANDARD_VERSION_EXISTS'));
    await evaluation.publish('42', hubei2012);
    expect((await listed('42')).filter((each) => each.startsWith('hubei-2012'))).toHaveLength(1);
    await evaluation.publish('43', { ...national, version: 'Hunan 1' });
  });
});

async function versionOf(code: string, id: string): Promise<string> {
  const found = (await listed(code)).find((each) => each.startsWith(`${id}/`));
  return found?.split('/')[1] ?? '';
}
