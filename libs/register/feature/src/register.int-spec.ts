import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SchoolCode } from '@junheng/register-contract';
import type { Reorganisation } from '@junheng/register-domain';
import { randomUUID } from 'node:crypto';
import { caller, openRegister, type OpenRegister, primary } from './register.fixture.js';
import { RegionOf, RegionOfHandler, Regions, RegionsHandler } from './region.query.js';
import { OnSchools, ReorganisationHandler } from './reorganisation.handler.js';
import { SchoolOf, SchoolOfHandler, Schools, type SchoolsArgs, SchoolsHandler } from './school.query.js';

const [zhushan, fangxian] = ['420323', '420325'] as const;
const refused = (code: string) => expect.objectContaining({ code });

let register: OpenRegister;
beforeAll(async () => {
  register = await openRegister();
  await register.region('42', 'province', null);
  await register.region('4203', 'city', '42');
  await register.region(zhushan, 'county', '4203');
  await register.region(fangxian, 'county', '4203');
});
afterAll(() => register.close());

async function recordOf(county: string, school: SchoolCode, who = caller(county)) {
  await register.catchUp();
  return new SchoolOfHandler(register.transaction).execute(new SchoolOf({ county, school }, who.scope));
}

async function listed(county: string, args: Partial<SchoolsArgs> = {}, who = caller(county)) {
  await register.catchUp();
  const query = new Schools({ county, first: 50, orderBy: 'code', status: 'open', ...args }, who.scope);
  return new SchoolsHandler(register.transaction).execute(query);
}

const codes = ({ nodes }: { nodes: { school_code: string }[] }) => nodes.map(({ school_code }) => school_code);

describe('A school code', () => {
  it('is registered once in the whole country', async () => {
    await register.register(zhushan, primary('2142000001', '擂鼓镇小学'));
    await expect(register.register(fangxian, primary('2142000001', '城关小学'))).rejects.toEqual(
      refused('CLAIM_TAKEN'),
    );
  });

  it('is not free again when its school closes', async () => {
    await register.register(zhushan, primary('2142000002', '鼓锣小学'));
    await register.tell(zhushan, '2142000002', { type: 'CloseSchool', reason: '生源不足', effectiveOn: '2010-09-01' });
    await expect(register.register(fangxian, primary('2142000002', '城关小学'))).rejects.toEqual(
      refused('CLAIM_TAKEN'),
    );
    await expect(register.register(zhushan, primary('2142000002', '腰庄小学'))).rejects.toEqual(
      refused('SCHOOL_CODE_VOID'),
    );
  });

  it('is refused with the first answer when the same command comes again', async () => {
    const commandId = randomUUID();
    const close = { type: 'CloseSchool', reason: '生源不足', effectiveOn: '1990-09-01' } as const;
    await register.register(zhushan, primary('2142000003', '护驾小学'));
    for (let time = 0; time < 2; time++)
      await expect(register.tell(zhushan, '2142000003', close, commandId)).rejects.toEqual(
        refused('SCHOOL_DATE_BACKWARDS'),
      );
  });
});

describe('The history of a school', () => {
  beforeAll(async () => {
    await register.register(zhushan, primary('3142000010', '擂鼓学校', { schoolType: 'nine-year' }));
    await register.tell(zhushan, '3142000010', {
      type: 'RenameSchool',
      name: '擂鼓九年制学校',
      effectiveOn: '2005-09-01',
    });
    await register.tell(zhushan, '3142000010', {
      type: 'CloseSchool',
      reason: '生源不足',
      effectiveOn: '2012-09-01',
    });
  });

  it('answers what it was on any day', async () => {
    const on = async (asOf: string) =>
      (await listed(zhushan, { asOf, status: null })).nodes.find(({ school_code }) => school_code === '3142000010');
    expect(await on('1998-08-31')).toBeUndefined();
    expect(await on('1998-09-01')).toMatchObject({ name: '擂鼓学校', status: 'open' });
    expect(await on('2005-08-31')).toMatchObject({ name: '擂鼓学校' });
    expect(await on('2005-09-01')).toMatchObject({ name: '擂鼓九年制学校' });
    expect(await on('2012-09-01')).toMatchObject({ status: 'closed' });
  });

  it('keeps the stages that it was counted as', async () => {
    const record = await recordOf(zhushan, '3142000010');
    expect(record?.stageUnits.map(({ stage, valid_from, valid_to }) => [stage, valid_from, valid_to])).toEqual([
      ['junior', '1998-09-01', '2012-09-01'],
      ['primary', '1998-09-01', '2012-09-01'],
    ]);
    expect(record?.current).toMatchObject({ status: 'closed', opened_on: '1998-09-01' });
  });

  it('is not asked about a day that the calendar does not have', async () => {
    await expect(listed(zhushan, { asOf: '2013-02-29' })).rejects.toEqual(refused('DATE_INVALID'));
  });
});

describe('A reorganisation', () => {
  const reorganise = (reorganisation: Reorganisation) =>
    new ReorganisationHandler(register.store).execute(new OnSchools(randomUUID(), reorganisation, caller(zhushan)));
  const merger = { type: 'MergeSchools', county: zhushan, effectiveOn: '2014-09-01' } as const;

  it('changes all schools at once', async () => {
    for (const code of ['2142000021', '2142000022']) await register.register(zhushan, primary(code, `小学 ${code}`));
    const founded = primary('3142000023', '合并学校', { schoolType: 'nine-year' });
    const receipts = await reorganise({
      ...merger,
      into: '3142000023',
      absorbed: ['2142000021', '2142000022'],
      founded,
    });
    expect(receipts.map(({ id, version }) => [id, version])).toEqual([
      ['3142000023', 2],
      ['2142000021', 2],
      ['2142000022', 2],
    ]);
    expect((await recordOf(zhushan, '2142000021'))?.versions.at(-1)).toMatchObject({
      status: 'absorbed',
      others: ['3142000023'],
      valid_from: '2014-09-01',
    });
    expect((await recordOf(zhushan, '3142000023'))?.versions).toMatchObject([
      { others: ['2142000021', '2142000022'], valid_from: '2014-09-01', stages: ['primary', 'junior'] },
    ]);
  });

  it('changes no school when one refuses', async () => {
    for (const code of ['2142000024', '2142000025']) await register.register(zhushan, primary(code, `小学 ${code}`));
    await expect(reorganise({ ...merger, into: '2142000024', absorbed: ['2142000025', '2142000999'] })).rejects.toEqual(
      refused('SCHOOL_UNKNOWN'),
    );
    expect((await recordOf(zhushan, '2142000024'))?.versions).toHaveLength(1);
    expect((await recordOf(zhushan, '2142000025'))?.current.status).toBe('open');
  });

  it('founds no school under a code that another county holds', async () => {
    await register.register(zhushan, primary('2142000026', '腰庄小学'));
    await register.register(fangxian, primary('2142000027', '城关小学'));
    const founded = [primary('2142000027', '腰庄二小')];
    await expect(
      reorganise({
        type: 'DivideSchool',
        county: zhushan,
        school: '2142000026',
        continues: true,
        founded,
        effectiveOn: '2014-09-01',
      }),
    ).rejects.toEqual(refused('CLAIM_TAKEN'));
    expect((await recordOf(zhushan, '2142000026'))?.versions).toHaveLength(1);
  });

  it('lets a school go on beside the one that it founds', async () => {
    await register.register(zhushan, primary('2142000028', '护驾小学'));
    await reorganise({
      type: 'DivideSchool',
      county: zhushan,
      school: '2142000028',
      continues: true,
      founded: [primary('2142000029', '护驾二小')],
      effectiveOn: '2014-09-01',
    });
    expect((await recordOf(zhushan, '2142000028'))?.current.status).toBe('open');
    expect((await recordOf(zhushan, '2142000029'))?.current.opened_on).toBe('2014-09-01');
  });
});

describe('A move between counties', () => {
  const leave = { type: 'MoveSchoolOut', from: zhushan, to: fangxian, effectiveOn: '2014-09-01' } as const;

  it('ends in one register and goes on in the other, once', async () => {
    await register.register(zhushan, primary('2142000031', '边界小学', { cluster: '擂鼓学区' }));
    await register.tell(zhushan, '2142000031', leave);
    await register.moveOn(zhushan);
    await register.moveOn(zhushan);
    expect((await recordOf(zhushan, '2142000031'))?.current.status).toBe('moved-out');
    expect((await recordOf(fangxian, '2142000031'))?.versions).toMatchObject([
      { valid_from: '2014-09-01', valid_to: null, status: 'open', name: '边界小学', cluster: null, others: [zhushan] },
    ]);
  });

  it('takes the code along, and back', async () => {
    await register.register(zhushan, primary('2142000032', '界山小学'));
    await register.tell(zhushan, '2142000032', leave);
    await register.moveOn(zhushan);
    await register.tell(fangxian, '2142000032', { ...leave, from: fangxian, to: zhushan, effectiveOn: '2016-09-01' });
    await register.moveOn(fangxian);
    expect(
      (await recordOf(zhushan, '2142000032'))?.versions.map(({ status, valid_from }) => [status, valid_from]),
    ).toEqual([
      ['open', '1998-09-01'],
      ['moved-out', '2014-09-01'],
      ['open', '2016-09-01'],
    ]);
  });

  it('needs a county at the other end', async () => {
    await register.register(zhushan, primary('2142000033', '孤山小学'));
    await expect(register.tell(zhushan, '2142000033', { ...leave, to: '420399' })).rejects.toEqual(
      refused('COUNTY_UNKNOWN'),
    );
  });
});

describe('The list of a county’s schools', () => {
  const county = '420324';
  beforeAll(async () => {
    await register.region(county, 'county', '4203');
    await register.register(county, primary('2142000043', '乙小学', { cluster: '城关学区' }));
    await register.register(county, primary('2142000041', '丙小学'));
    await register.register(county, primary('3142000042', '甲学校', { schoolType: 'nine-year' }), '2010-09-01');
    await register.register(county, primary('2142000044', '乙小学', { schoolType: 'teaching-point' }));
    await register.tell(county, '2142000044', { type: 'CloseSchool', reason: '生源不足', effectiveOn: '2012-09-01' });
  });

  it('has the open schools, by code', async () => {
    expect(codes(await listed(county))).toEqual(['2142000041', '2142000043', '3142000042']);
  });

  it.each([
    [{ status: null }, ['2142000041', '2142000043', '2142000044', '3142000042']],
    [{ status: 'closed' }, ['2142000044']],
    [{ schoolType: 'nine-year' }, ['3142000042']],
    [{ stage: 'junior' }, ['3142000042']],
    [{ cluster: '城关学区' }, ['2142000043']],
    [{ asOf: '2009-09-01' }, ['2142000041', '2142000043', '2142000044']],
    [{ asOf: '1990-09-01' }, []],
  ] satisfies [Partial<SchoolsArgs>, string[]][])('is narrowed by %j', async (args, expected) => {
    expect(codes(await listed(county, args))).toEqual(expected);
  });

  it.each(['code', 'name'] as const)('is read page by page, ordered by %s, each school once', async (orderBy) => {
    const whole = codes(await listed(county, { status: null, orderBy }));
    const read: string[] = [];
    let after: string | null = null;
    do {
      const page = await listed(county, { status: null, orderBy, first: 1, after });
      read.push(...codes(page));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(read).toEqual(whole);
    expect(new Set(read).size).toBe(4);
  });

  it('shows a county’s schools to nobody outside of it', async () => {
    expect(codes(await listed(county, {}, caller(zhushan)))).toEqual([]);
    expect(codes(await listed(county, {}, caller('42')))).toHaveLength(3);
  });

  it('shows a school to itself alone', async () => {
    expect(codes(await listed(county, {}, caller(county, '2142000043')))).toEqual(['2142000043']);
    expect(await recordOf(county, '2142000041', caller(county, '2142000043'))).toBeNull();
  });
});

describe('The regions below a prefix', () => {
  it('are those of the day', async () => {
    await register.region('5001', 'city', '50');
    await register.region('500110', 'county', '5001');
    await register.tellRegion('500110', { type: 'RenameRegion', name: '綦江区', effectiveOn: '2011-10-22' });
    await register.tellRegion('500110', { type: 'MoveRegion', parent: '50', effectiveOn: '2012-01-01' });
    await register.catchUp();
    const on = async (asOf: string | null) => {
      const query = new Regions({ region: '50', first: 50, kind: 'county', asOf }, { region: '50' });
      const { nodes } = await new RegionsHandler(register.transaction).execute(query);
      return nodes.map(({ tenant_id, name, parent }) => [tenant_id, name, parent]);
    };
    expect(await on('2011-10-21')).toEqual([['500110', 'county 500110', '5001']]);
    expect(await on('2011-10-22')).toEqual([['500110', '綦江区', '5001']]);
    expect(await on(null)).toEqual([['500110', '綦江区', '50']]);
  });

  it('remember who took over an abolished one', async () => {
    await register.region('500222', 'county', '50');
    await register.tellRegion('500222', {
      type: 'AbolishRegion',
      successors: ['500110'],
      effectiveOn: '2011-10-22',
    });
    await register.catchUp();
    const query = new RegionOf({ region: '500222' }, { region: '50' });
    const record = await new RegionOfHandler(register.transaction).execute(query);
    expect(record?.current).toMatchObject({ valid_to: '2011-10-22', successors: ['500110'] });
    expect(record?.versions).toMatchObject([{ valid_from: '1949-10-01', valid_to: '2011-10-22' }]);
  });

  it('have no ledger when their code can be none', async () => {
    await expect(register.region('420300', 'county', '4203')).rejects.toEqual(refused('REGION_CODE_INVALID'));
    expect(await register.store.head('420300')).toBeUndefined();
  });
});
