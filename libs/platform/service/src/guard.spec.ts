import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { RuleViolation } from '@junheng/kernel';
import { buildSchema, type ExecutionResult, graphql, type GraphQLSchema, parse, subscribe } from 'graphql';
import type { RequestContext } from './caller.js';
import { mapError } from './errors.js';
import { protectSchema } from './guard.js';
import type { Policy } from './policy.js';

const SCHEMA = `
  type Query { county(county: ID): String  school(school: ID!): String  standards(region: ID): String  version: String }
  input Figures { school: ID!  county: ID  values: [String!] }
  type Mutation { submit(input: Figures!): String  merge(schools: [ID!]!): String }
  type Subscription { progress(county: ID!): Int }
`;

const POLICY: Policy = {
  'Query.county': { roles: ['county-admin', 'province-supervisor', 'auditor', 'operator'] },
  'Query.school': { roles: ['county-admin', 'school-reporter', 'auditor'] },
  'Query.standards': { roles: ['county-admin', 'school-reporter'], scope: 'any' },
  'Query.version': { roles: [], public: true },
  'Mutation.submit': { roles: ['school-reporter', 'county-admin'] },
  'Mutation.merge': { roles: ['county-admin', 'school-reporter'] },
  'Subscription.progress': { roles: ['county-admin'] },
};

const answered = { county: 'seen', school: 'seen', standards: 'seen', version: '1', submit: 'done', merge: 'done' };

function schema(policy: Policy = POLICY): GraphQLSchema {
  const built = buildSchema(SCHEMA);
  const { progress } = built.getSubscriptionType()?.getFields() ?? {};
  if (progress) {
    progress.subscribe = async function* () {
      yield { progress: 1 };
      await new Promise(() => undefined);
    };
  }
  return protectSchema(built, policy);
}

function caller(role: string, region: string, school?: string): RequestContext {
  const scope = school === undefined ? { region } : { region, school };
  const who = { actor: `${role}-${region}`, role, scope, correlationId: 'c-1' };
  return { correlationId: 'c-1', who, expiresAt: Date.now() + 60_000 };
}

async function ask(source: string, contextValue: RequestContext): Promise<unknown> {
  const { data, errors } = (await graphql({
    schema: schema(),
    source,
    contextValue,
    rootValue: answered,
  })) as ExecutionResult<Record<string, unknown>>;
  const [error] = errors ?? [];
  return error ? mapError(error, 'c-1').extensions.code : Object.values(data ?? {})[0];
}

const admin = caller('county-admin', '420323');
const reporter = caller('school-reporter', '420323', '3142032301');

describe('The guard', () => {
  it.each([
    ['{ county(county: "420323") }', admin, 'seen'],
    ['{ county }', admin, 'seen'],
    ['{ county(county: "420323") }', caller('province-supervisor', '42'), 'seen'],
    ['{ county(county: "420323") }', caller('auditor', ''), 'seen'],
    ['{ school(school: "3142032301") }', reporter, 'seen'],
    ['{ school(school: "3142032302") }', admin, 'seen'],
    ['{ standards(region: "62") }', admin, 'seen'],
    ['{ version }', { correlationId: 'c-1' }, '1'],
    ['mutation { submit(input: { school: "3142032301" }) }', reporter, 'done'],
  ] as [string, RequestContext, string][])(
    'lets %s pass where role and scope fit',
    async (source, context, outcome) => {
      expect(await ask(source, context)).toBe(outcome);
    },
  );

  it.each([
    ['another county', '{ county(county: "420324") }', admin],
    ['a wider region', '{ county(county: "42") }', admin],
    ['the whole country', '{ county(county: "") }', admin],
    ['another school', '{ school(school: "3142032302") }', reporter],
    ['another school among its own', 'mutation { merge(schools: ["3142032301", "3142032302"]) }', reporter],
    ['another county inside an input', 'mutation { submit(input: { school: "1", county: "62" }) }', admin],
    ['a role without the right', 'mutation { submit(input: { school: "3142032301" }) }', caller('auditor', '42')],
    ['a role that sees no tenant', '{ county(county: "420323") }', caller('operator', '-')],
    ['a role nobody knows', '{ county }', caller('root', '')],
  ])('refuses %s', async (_, source, context) => {
    expect(await ask(source, context)).toBe('FORBIDDEN');
  });

  it('judges the value of a variable as it judges a literal', async () => {
    const { errors } = await graphql({
      schema: schema(),
      source: 'query ($c: ID) { county(county: $c) }',
      variableValues: { c: '510000' },
      contextValue: admin,
      rootValue: answered,
    });
    expect(mapError(errors?.[0], '').extensions.code).toBe('FORBIDDEN');
  });

  it('judges every field of a document, under whatever name', async () => {
    const source = '{ mine: county(county: "420323") theirs: county(county: "420324") }';
    const answer = await graphql({ schema: schema(), source, contextValue: admin, rootValue: answered });
    expect(answer.data).toEqual({ mine: 'seen', theirs: null });
    expect(answer.errors).toHaveLength(1);
  });

  it('answers nobody without a token, and nobody with a bad or an old one', async () => {
    const refusal = new RuleViolation('UNAUTHENTICATED', 'The token is not valid.');
    expect(await ask('{ county }', { correlationId: 'c-1' })).toBe('UNAUTHENTICATED');
    expect(await ask('{ version }', { correlationId: 'c-1', refusal })).toBe('UNAUTHENTICATED');
    expect(await ask('{ county }', { ...admin, expiresAt: Date.now() - 1 })).toBe('UNAUTHENTICATED');
  });

  it('does not start when a field has no row, when a row has no field, or when a row is for nobody', () => {
    const { 'Query.county': _, ...without } = POLICY;
    expect(() => schema(without)).toThrow('Query.county has no row');
    expect(() => schema({ ...POLICY, 'Query.gone': { roles: ['auditor'] } })).toThrow('Query.gone is no operation');
    expect(() => schema({ ...POLICY, 'Query.county': { roles: [] } })).toThrow('Query.county is for nobody');
  });
});

describe('A subscription', () => {
  afterEach(() => void jest.useRealTimers());

  const watch = (contextValue: RequestContext, county = '420323') =>
    subscribe({ schema: schema(), document: parse(`subscription { progress(county: "${county}") }`), contextValue });

  it('passes the same guard', async () => {
    expect(await watch(admin, '420324')).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    expect(await watch(reporter)).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });

  it('ends when the token does', async () => {
    jest.useFakeTimers();
    const events = (await watch({ ...admin, expiresAt: Date.now() + 5_000 })) as AsyncIterableIterator<unknown>;
    expect(await events.next()).toMatchObject({ value: { data: { progress: 1 } } });
    const next = events.next();
    jest.advanceTimersByTime(5_001);
    await expect(next).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
  });

  it('is one of twenty at most on a connection, and frees its place', async () => {
    const context = { ...admin, subscriptions: new Set<object>() };
    const open = [];
    for (let i = 0; i < 20; i += 1) open.push((await watch(context)) as AsyncIterableIterator<unknown>);
    expect(await watch(context)).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    await open[0]?.next();
    await open[0]?.return?.();
    expect(await watch(context)).not.toHaveProperty('errors');
  });
});
