import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES, type Role } from '@junheng/service';
import { policy } from '../../apps/api/src/policy.js';
import type { Answer, Client } from './client.fixture.js';
import { dummyRequest, type Place } from './dummy.fixture.js';
import { subscribe } from './socket.fixture.js';
import { sharedStack, START_MS, type Stack } from './stack.fixture.js';
import { forged, inSeconds } from './token.fixture.js';

const COUNTY = '420323';
const [SCHOOL, OTHER_SCHOOL, NO_SCHOOL] = ['2142032301', '2142032302', '2142032399'];

const ACCOUNTS: Readonly<Record<Role, string>> = {
  'province-supervisor': 'supervisor-42',
  'city-reviewer': 'reviewer-4203',
  'county-admin': `admin-${COUNTY}`,
  'county-officer': `officer-${COUNTY}`,
  'school-principal': `principal-${SCHOOL}`,
  'school-reporter': `reporter-${SCHOOL}`,
  auditor: 'auditor-42',
  operator: 'operator',
};
/** In a province without any ledger, where nothing can be done to anybody. */
const NOWHERE: Readonly<Partial<Record<Role, string>>> = {
  'province-supervisor': 'supervisor-15',
  'city-reviewer': 'reviewer-1501',
  'county-admin': 'admin-150102',
  'county-officer': 'officer-150102',
  auditor: 'auditor-15',
};
const WITHIN: Place = { region: COUNTY, county: COUNTY, school: SCHOOL };
const EMPTY: Place = { region: '150102', county: '150102', school: '2115010201' };

/** What an answer must not show of how it is made. */
const INSIDES =
  /\b(select|insert|update|relation|column|syntax|checkpoint|constraint|postgres|typeorm)\b|\bledger\.\w|read_\d|_code\b|tenant_id|\.[jt]s\b|\bat \//i;

const operations = Object.entries(policy).map(([operation, { roles }]) => {
  const [type = '', name = ''] = operation.split('.');
  return { operation, kind: type.toLowerCase() as 'query' | 'mutation' | 'subscription', name, roles };
});
const overHttp = operations.filter(({ kind }) => kind !== 'subscription');
const overSocket = operations.filter(({ kind }) => kind === 'subscription');

let stack: Stack;
let client: Client;
beforeAll(async () => {
  stack = await sharedStack();
  ({ client } = stack);
}, START_MS);

async function request({ kind, name }: (typeof operations)[number], place: Place) {
  const schema = await client.schema();
  const type = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  };
  return dummyRequest(kind, type[kind]!.getFields()[name]!, place);
}

const codes = ({ refusals }: Answer) => refusals.map(({ code }) => code);

/** A refusal as its receiver sees it, without what differs from request to request. */
const seen = ({ status, text }: Answer) => ({ status, text: text.replace(/"correlationId":"[^"]+"/g, '') });

async function attack(account: string | undefined, operation: (typeof operations)[number], place = WITHIN) {
  const token = account === undefined ? undefined : await client.token(account);
  const answer = await client.post(token, await request(operation, place));
  expect(answer.refusals.map(({ message }) => message).filter((message) => INSIDES.test(message))).toEqual([]);
  return answer;
}

describe('The policy', () => {
  it('has a row for every operation of the schema, and no other', async () => {
    const schema = await client.schema();
    const fields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
      Object.keys(type!.getFields()).map((field) => `${type!.name}.${field}`),
    );
    expect(operations.map(({ operation }) => operation).sort()).toEqual(fields.sort());
  });
});

describe.each(overHttp)('$operation', (operation) => {
  it('is forbidden to every role that its row does not name', async () => {
    for (const role of ROLES.filter((each) => !operation.roles.includes(each))) {
      const { data, refusals } = await attack(ACCOUNTS[role], operation);
      expect({ role, code: refusals[0]?.code, data: data?.[operation.name] ?? null }).toEqual({
        role,
        code: 'FORBIDDEN',
        data: null,
      });
    }
  });

  it('lets in the roles that its row names', async () => {
    const place = operation.kind === 'mutation' ? EMPTY : WITHIN;
    const accounts = operation.kind === 'mutation' ? NOWHERE : ACCOUNTS;
    for (const role of operation.roles.filter((each) => accounts[each] !== undefined)) {
      const answer = await attack(accounts[role], operation, place);
      expect({ role, code: codes(answer)[0] }).not.toMatchObject({
        code: expect.stringMatching(/FORBIDDEN|UNAUTH|INTERNAL/),
      });
    }
  });

  it('asks for a token, one that is true and has not expired', async () => {
    const token = await client.token(ACCOUNTS[operation.roles[0]!]);
    const expired = await forged(stack, token, { exp: inSeconds(-1) });
    for (const each of [undefined, 'no.token.atall', `${token.slice(0, -8)}AAAAAAAA`, expired]) {
      const answer = await client.post(each, await request(operation, WITHIN));
      expect(codes(answer)).toEqual(['UNAUTHENTICATED']);
    }
  });

  it('is forbidden in another region than the caller’s, whether that exists or not', async () => {
    const insiders = operation.roles.filter((role) => role !== 'operator');
    for (const role of insiders) {
      const existing = await attack(ACCOUNTS[role], operation, { region: '500101', county: '500101', school: SCHOOL });
      const missing = await attack(ACCOUNTS[role], operation, { region: '659999', county: '659999', school: SCHOOL });
      expect({ role, codes: codes(existing) }).toEqual({ role, codes: ['FORBIDDEN'] });
      expect(seen(missing)).toEqual(seen(existing));
    }
  });
});

describe.each(overSocket)('$operation', (operation) => {
  const ended = async (account: string, place: Place) => {
    const feed = subscribe(stack, await client.token(account), await request(operation, place));
    return feed
      .next()
      .catch((error: unknown) => error)
      .finally(() => feed.close());
  };
  const forbidden = expect.arrayContaining([
    expect.objectContaining({ extensions: expect.objectContaining({ code: 'FORBIDDEN' }) }),
  ]);

  it('is forbidden to every role that its row does not name, and elsewhere to every role', async () => {
    for (const role of ROLES) {
      const place = operation.roles.includes(role) ? { ...WITHIN, county: '500101' } : WITHIN;
      expect(await ended(ACCOUNTS[role], place)).toEqual(forbidden);
    }
  });

  it('asks for a token before anything else', async () => {
    const feed = subscribe(stack, undefined, await request(operation, WITHIN));
    await expect(feed.next()).rejects.toBeDefined();
    await feed.close();
  });
});

describe('A school’s reporter', () => {
  const reporter = ACCOUNTS['school-reporter'];
  const returnOf =
    'query ($school: ID!) { annualReturn(county: "420323", school: $school, schoolYear: 2013) { school } }';
  const assessment = `query ($school: ID) {
    schoolAssessments(county: "420323", school: $school, schoolYear: 2013, standard: "hubei-2012") { nodes { school } }
  }`;

  it.each([
    returnOf,
    assessment,
    'query ($school: ID!) { school(county: "420323", school: $school) { current { code } } }',
  ])('cannot tell another school from one that does not exist: %s', async (document) => {
    const other = await client.send(reporter, document, { school: OTHER_SCHOOL });
    const none = await client.send(reporter, document, { school: NO_SCHOOL });
    expect(codes(other)).toEqual(['FORBIDDEN']);
    expect(seen(other)).toEqual(seen(none));
  });

  it('saves nothing for another school', async () => {
    const input = { section: 'resources', figures: { books: '1' } };
    for (const school of [OTHER_SCHOOL, NO_SCHOOL]) {
      const refusal = await client.refusedCommand(reporter, 'saveSection', {
        county: COUNTY,
        school,
        schoolYear: 2013,
        input,
      });
      expect(refusal).toMatchObject({ code: 'FORBIDDEN' });
    }
  });

  it('sees only itself where it names no school', async () => {
    const { schoolAssessments } = await client.ask(reporter, assessment);
    expect(schoolAssessments.nodes).toEqual([{ school: SCHOOL }]);
  });

  it('gets its own part of a document and nothing of the rest', async () => {
    const { data, refusals } = await client.send(
      reporter,
      `{ own: annualReturn(county: "420323", school: "${SCHOOL}", schoolYear: 2013) { school }
         other: annualReturn(county: "420323", school: "${OTHER_SCHOOL}", schoolYear: 2013) { school } }`,
    );
    expect(data).toEqual({ own: { school: SCHOOL }, other: null });
    expect(refusals.map(({ code }) => code)).toEqual(['FORBIDDEN']);
  });
});

describe('A county’s administrator', () => {
  const admin = ACCOUNTS['county-admin'];

  it.each(['420302', '4203', '42', '500101', '', '42032'])(
    'is refused region "%s", which it does not hold',
    async (region) => {
      const document = `query ($region: ID!) { campaigns(region: $region) { nodes { region } } }`;
      expect(await client.refusal(admin, document, { region })).toMatchObject({ code: 'FORBIDDEN' });
    },
  );

  it('cannot learn how far another county’s ledger has come', async () => {
    const document = `query ($tenant: ID!) {
      campaigns(region: "420323", atLeast: { tenant: $tenant, position: 1 }) { nodes { region } }
    }`;
    for (const tenant of ['500101', '420302', '42']) {
      expect(await client.refusal(admin, document, { tenant })).toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});

describe('Odd arguments', () => {
  const admin = ACCOUNTS['county-admin'];
  const compare = `query ($region: ID!, $sort: CountySort, $filter: CountyFilter, $after: String, $schoolYear: Int!) {
    compareCounties(region: $region, schoolYear: $schoolYear, standard: "cn-basic-2012", sort: $sort, filter: $filter, after: $after) {
      nodes { county }
    }
  }`;
  const usual = { region: COUNTY, schoolYear: 2013 };

  it.each([
    { region: `${COUNTY}'; DROP TABLE ledger.event; --` },
    { sort: { by: `x' OR 1=1 --` } },
    { filter: { name: `%' OR '1'='1` } },
    { after: 'bm90IGEgY3Vyc29y' },
    { after: '\u0000' },
    { filter: { name: '\u0000' } },
    { sort: { by: '\u0000' } },
    { schoolYear: 99999999999 },
    { schoolYear: 2147483647 },
    { schoolYear: -2147483648 },
  ])('are refused or find nothing, and break nothing: %j', async (odd) => {
    const { data, refusals } = await client.send(admin, compare, { ...usual, ...odd });
    for (const { code, message } of refusals) {
      expect(code).toBe('BAD_USER_INPUT');
      expect(message).not.toMatch(INSIDES);
    }
    if (refusals.length === 0) expect([[], [{ county: COUNTY }]]).toContainEqual(data.compareCounties.nodes);
  });
});

describe.each(ROLES)('The limits for %s', (role) => {
  const own = '{ __typename }';
  const limits: Readonly<Record<string, readonly [query: string, message: RegExp]>> = {
    depth: [`{ ${'a { '.repeat(11)} b ${'}'.repeat(11)} }`, /levels deep/],
    aliases: [
      `{ regions(region: "42") { ${Array.from({ length: 31 }, (_, i) => `a${i}: pageInfo { hasNextPage }`).join(' ')} } }`,
      /aliases/,
    ],
    'root fields': [`{ ${Array.from({ length: 21 }, (_, i) => `a${i}: __typename`).join(' ')} }`, /root fields/],
    'length of a document': [`{ __typename } # ${'x'.repeat(20_000)}`, /bytes long/],
    'length of a document in tokens': [`{ ${'__typename '.repeat(1_900)} }`, /.*/],
    'size of a page': ['{ regions(region: "42", first: 201) { nodes { code } } }', /at most 200/],
    'cost of a document': [
      '{ compareCounties(region: "42", schoolYear: 2013, standard: "x", first: 200) { nodes { ' +
        Array.from({ length: 28 }, (_, i) => `s${i}: stages { stage balance pupils borderline }`).join(' ') +
        ' } } }',
      /costs/,
    ],
  };

  it.each(Object.entries(limits))('hold the %s', async (_, [query, message]) => {
    const { status, data, refusals } = await client.send(ACCOUNTS[role], query);
    expect({ status, data }).toEqual({ status: 400, data: null });
    expect(refusals.map((refusal) => refusal.message).join(' ')).toMatch(message);
    expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(['BAD_USER_INPUT']));
  });

  it('hold the size of a page that a variable names', async () => {
    const query = 'query ($first: Int!) { regions(region: "42", first: $first) { nodes { code } } }';
    for (const first of [201, 0, -1]) {
      const { data, refusals } = await client.send(ACCOUNTS[role], query, { first });
      expect(data?.regions ?? null).toBeNull();
      expect(refusals).toEqual([expect.objectContaining({ code: expect.stringMatching(/BAD_USER_INPUT|FORBIDDEN/) })]);
    }
  });

  it('hold documents to one at a time', async () => {
    const answer = await client.post(await client.token(ACCOUNTS[role]), [{ query: own }, { query: own }]);
    expect(answer.status).toBe(400);
    expect(answer.data ?? null).toBeNull();
  });
});

describe('A command’s id', () => {
  const admin = ACCOUNTS['county-admin'];
  const note = (text: string) => ({ county: COUNTY, school: SCHOOL, schoolYear: 2013, input: { note: 'n-1', text } });

  it.each(['a\tb', `a\n1\tt\t\t500101`, '\u0000', '\ud800'])('must be plain text, not %j', async (commandId) => {
    const args = { ...note('核对过'), commandId };
    expect(await client.refusedCommand(admin, 'attachNote', args)).toMatchObject({ code: 'TEXT_UNSTORABLE' });
  });

  it('opens nobody else the receipt of the one who used it first', async () => {
    const commandId = randomUUID();
    const input = { note: randomUUID(), text: '核对过' };
    const args = { county: COUNTY, school: SCHOOL, schoolYear: 2013, input, commandId };
    const receipt = await client.command(admin, 'attachNote', args);
    expect(await client.command(admin, 'attachNote', args)).toEqual(receipt);
    const officer = await client.refusedCommand(ACCOUNTS['county-officer'], 'attachNote', args);
    expect(officer).toMatchObject({ code: 'COMMAND_ID_REUSED' });
  });
});
