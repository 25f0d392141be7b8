import { describe, expect, it } from '@jest/globals';
import { accountOf } from './account.js';
import { SignIn } from './sign-in.js';

const schools = (school: string) => (school === '3142032301' ? '420323' : undefined);

describe('A demonstration account', () => {
  it.each([
    ['supervisor-42', 'province-supervisor', '42'],
    ['reviewer-4203', 'city-reviewer', '4203'],
    ['admin-420323', 'county-admin', '420323'],
    ['officer-420323', 'county-officer', '420323'],
    ['auditor-42', 'auditor', '42'],
    ['auditor-420323', 'auditor', '420323'],
    ['operator', 'operator', '-'],
  ])('%s is a %s of %s', async (id, role, region) => {
    expect(await accountOf(id, schools)).toEqual({ id, role, region });
  });

  it('of a school belongs to the county of the school', async () => {
    const principal = { role: 'school-principal', region: '420323', school: '3142032301' };
    expect(await accountOf('principal-3142032301', schools)).toEqual({ id: 'principal-3142032301', ...principal });
  });

  it.each(['supervisor-4203', 'admin-42', 'admin-42032x', 'reporter-9999999999', 'admin-420323 ', 'root', ''])(
    'is not %j',
    async (id) => {
      expect(await accountOf(id, schools)).toBeUndefined();
    },
  );
});

describe('Signing in', () => {
  it('does not tell a wrong password from an unknown account', async () => {
    const signIn = new SignIn('junheng', schools);
    const refusal = { statusCode: 401, error_description: 'Invalid user credentials' };
    await expect(signIn.check('admin-420323', 'wrong')).rejects.toMatchObject(refusal);
    await expect(signIn.check('nobody', 'junheng')).rejects.toMatchObject(refusal);
  });

  it('stops guessing at one account for a minute, and leaves the others alone', async () => {
    let now = 0;
    const signIn = new SignIn('junheng', schools, () => now);
    for (let guess = 0; guess < 10; guess += 1) await expect(signIn.check('admin-420323', 'x')).rejects.toThrow();
    await expect(signIn.check('admin-420323', 'junheng')).rejects.toMatchObject({ statusCode: 429 });
    expect(await signIn.check('admin-420324', 'junheng')).toMatchObject({ region: '420324' });
    now = 60_000;
    expect(await signIn.check('admin-420323', 'junheng')).toMatchObject({ region: '420323' });
  });
});
