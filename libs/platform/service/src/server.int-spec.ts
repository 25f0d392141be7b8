import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startIdentityProvider, startTestDatabase } from '@junheng/embedded';
import { transformFile } from '@swc/core';
import WebSocket from 'ws';

const dataDir = mkdtempSync(path.join(tmpdir(), 'junheng-server-'));
const database = await startTestDatabase();
const identity = await startIdentityProvider({
  port: 0,
  dataDir,
  resolveSchool: () => '420323',
  warn: () => undefined,
});
const shortLived = await startIdentityProvider({
  port: 0,
  dataDir,
  resolveSchool: () => undefined,
  warn: () => undefined,
  tokenSeconds: 2,
});

// Fastify does not load inside jest on Node 20, so the server runs beside it, from what `npm run build` made.
const FIXTURE = fileURLToPath(new URL('guarded-server.fixture.ts', import.meta.url));
const COMPILED = fileURLToPath(new URL('../dist/guarded-server.fixture.js', import.meta.url));

// A machine with other work to do starts a server slowly.
jest.setTimeout(60_000);

const log: string[] = [];
const waiting = new Set<() => void>();
let server: ChildProcess;
let url = '';

async function start(environment: Record<string, string> = {}): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['--enable-source-maps', COMPILED], {
    env: { DATABASE_URL: database.ownerUrl, OIDC_ISSUER: identity.issuer, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const listening = new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      log.push(line);
      waiting.forEach((look) => look());
      const found = /^listening on (.+)$/.exec(line)?.[1];
      if (found) resolve(found.replace('[::1]', '127.0.0.1'));
    });
    child.once('exit', () => reject(new Error(`The server ended: ${log.join('\n')}`)));
  });
  return { child, url: await listening };
}

/** The first line with `text`, now or as soon as it comes. */
function logged(text: string): Promise<string> {
  return new Promise((resolve) => {
    const look = () => {
      const line = log.find((entry) => entry.includes(text));
      if (line === undefined) return;
      waiting.delete(look);
      resolve(line);
    };
    waiting.add(look);
    look();
  });
}

beforeAll(async () => {
  const { exclude: _, $schema: __, ...options } = JSON.parse(readFileSync('.swcrc', 'utf8')) as Record<string, object>;
  writeFileSync(COMPILED, (await transformFile(FIXTURE, { ...options, swcrc: false, sourceMaps: false })).code);
  ({ child: server, url } = await start());
});

afterAll(async () => {
  server.kill('SIGKILL');
  await Promise.all([identity.stop(), shortLived.stop(), database.stop()]);
  rmSync(dataDir, { recursive: true });
  rmSync(COMPILED, { force: true });
});

async function tokenOf(username: string, issuer = identity.issuer): Promise<string> {
  const response = await fetch(`${issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: 'junheng-cli', username, password: 'junheng' }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

interface Answer {
  readonly status: number;
  readonly data?: Record<string, unknown> | null;
  readonly errors?: { message: string; extensions: Record<string, unknown> }[];
}

async function post(body: unknown, token?: string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

const ask = (query: string, token?: string, variables?: object) => post({ query, variables }, token);
const codes = ({ errors }: Answer) => errors?.map(({ extensions }) => extensions['code']);

describe('A service', () => {
  it('answers who may ask, again and again (compiled from the third time on)', async () => {
    const token = await tokenOf('admin-420323');
    const query = 'query ($c: ID!) { county(county: $c) { code area } }';
    for (let i = 0; i < 5; i += 1) {
      const { data, errors } = await ask(query, token, { c: '420323' });
      expect({ data, errors }).toEqual({ data: { county: { code: '420323', area: '1610.32' } } });
    }
  });

  it('tells the resolver who asks', async () => {
    const token = await tokenOf('reporter-3142032301');
    const { data } = await post({ query: '{ me }' }, token, { 'x-request-id': 'request-0001' });
    expect(JSON.parse(String(data?.['me']))).toEqual({
      actor: 'reporter-3142032301',
      role: 'school-reporter',
      scope: { region: '420323', school: '3142032301' },
      client: 'junheng-cli',
      correlationId: 'request-0001',
    });
  });

  it('refuses who may not, also when the document is compiled', async () => {
    const admin = await tokenOf('admin-420323');
    for (let i = 0; i < 5; i += 1) {
      expect(codes(await ask('{ county(county: "420324") { code } }', admin))).toEqual(['FORBIDDEN']);
      expect(codes(await ask('{ county(county: "420323") { code } }'))).toEqual(['UNAUTHENTICATED']);
      expect(codes(await ask('{ county(county: "420323") { code } }', 'forged'))).toEqual(['UNAUTHENTICATED']);
    }
    const reporter = await tokenOf('reporter-3142032301');
    expect(codes(await ask('{ county(county: "420323") { code } }', reporter))).toEqual(['FORBIDDEN']);
    expect(codes(await ask('mutation { refuse(school: "3142032302") { id } }', reporter))).toEqual(['FORBIDDEN']);
  });

  it('passes a rule’s refusal on, with its code and what would lift it', async () => {
    const token = await tokenOf('reporter-3142032301');
    const mutation = 'mutation { refuse(school: "3142032301") { id } }';
    for (let i = 0; i < 5; i += 1) {
      const { errors } = await post({ query: mutation }, token, { 'x-request-id': 'request-0002' });
      expect(errors?.[0]).toMatchObject({
        message: 'The return is approved.',
        path: ['refuse'],
        extensions: {
          code: 'RETURN_NOT_OPEN',
          where: '3142032301',
          lockedBy: 'approval',
          correlationId: 'request-0002',
        },
      });
    }
  });

  it('hides what went wrong inside, and logs it under the id that it gave', async () => {
    const token = await tokenOf('admin-420323');
    for (let i = 0; i < 5; i += 1) {
      const { errors } = await post({ query: '{ broken }' }, token, { 'x-request-id': `broken-000${i}` });
      expect(JSON.stringify(errors)).not.toContain('county_indicator');
      expect(errors?.[0]?.extensions).toEqual({ code: 'INTERNAL', correlationId: `broken-000${i}` });
      expect(JSON.parse(await logged(`broken-000${i}`))).toMatchObject({
        level: 50,
        err: { message: expect.stringContaining('county_indicator') },
      });
    }
  });

  it('says what is wrong with a document, without showing the schema', async () => {
    const answer = await ask('{ countys }');
    expect(answer.status).toBe(400);
    expect(answer.errors?.[0]).toMatchObject({
      message: 'Cannot query field "countys" on type "Query".',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(codes(await ask('{ unlisted(area: "1e3") }'))).toEqual(['BAD_USER_INPUT']);
    expect(codes(await ask('query ($a: Decimal!) { unlisted(area: $a) }', undefined, { a: 0.1 }))).toEqual([
      'BAD_USER_INPUT',
    ]);
    expect(codes(await ask('{ unlisted('))).toEqual(['BAD_USER_INPUT']);
  });

  it('takes one document at a time, as text, and not a long one', async () => {
    expect((await post([{ query: '{ unlisted(area: "1") }' }])).status).toBe(400);
    expect(codes(await ask(`{ unlisted(area: "1") } # ${'x'.repeat(20_000)}`))).toEqual(['BAD_USER_INPUT']);
    expect(codes(await ask(`{ ${'unlisted(area: "1") '.repeat(400)} }`))).toEqual(['BAD_USER_INPUT']);
    expect(codes(await ask(`{ ${'x'.repeat(2_000_000)} }`))).toEqual(['BAD_USER_INPUT']);
  });

  it('limits the administrator as it limits everyone', async () => {
    const token = await tokenOf('admin-420323');
    const deep = `{ county(county: "420323") { ${'parent { '.repeat(12)} code ${'}'.repeat(12)} } }`;
    expect(codes(await ask(deep, token))).toEqual(['BAD_USER_INPUT']);
  });

  it('guards files as it guards queries, and closes what nobody thought of', async () => {
    const get = async (path: string, token?: string) =>
      (await fetch(`${url}${path}`, { headers: token ? { authorization: `Bearer ${token}` } : {} })).status;
    const reporter = await tokenOf('reporter-3142032301');
    expect(await get('/files/3142032301', reporter)).toBe(200);
    expect(await get('/files/3142032302', reporter)).toBe(403);
    expect(await get('/files/3142032301')).toBe(401);
    expect(await get('/files/3142032301', await tokenOf('admin-420323'))).toBe(403);
    expect(await get('/open', reporter)).toBe(403);
    expect(await get('/nowhere')).toBe(404);
  });

  it('says that it lives, that it is ready, and how it does', async () => {
    expect(await (await fetch(`${url}/health/live`)).json()).toEqual({ status: 'ok' });
    const ready = await fetch(`${url}/health/ready`);
    expect(await ready.json()).toEqual({ status: 'ok', checks: { database: 'ok', identity: 'ok' } });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('junheng_operation_seconds_count{operation="Query.county",outcome="answered"}');
    expect(metrics).toContain('junheng_http_seconds_count{method="POST",route="/graphql",status="2xx"}');
  });

  it('gives each request an id, and takes no text for one', async () => {
    const idOf = async (sent: string) =>
      (await fetch(`${url}/health/live`, { headers: { 'x-request-id': sent } })).headers.get('x-request-id');
    expect(await idOf('request-0003')).toBe('request-0003');
    expect(await idOf('my name is 张三'.replace(/[^ -~]/g, '?'))).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('A subscription over a WebSocket', () => {
  type Message = { type: string; payload?: unknown };

  /** Speaks graphql-transport-ws just enough; resolves with all messages once `until` is met or the socket closes. */
  function subscribe(token: string | undefined, query: string, until: (messages: Message[]) => boolean) {
    return new Promise<Message[]>((resolve) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
      const messages: Message[] = [];
      const send = (message: object) => socket.send(JSON.stringify(message));
      const payload = token === undefined ? {} : { authorization: `Bearer ${token}` };
      socket.on('open', () => send({ type: 'connection_init', payload }));
      socket.on('close', () => resolve(messages));
      socket.on('message', (data: Buffer) => {
        const message = JSON.parse(data.toString()) as Message;
        if (message.type !== 'ping') messages.push(message);
        if (message.type === 'connection_ack') send({ id: '1', type: 'subscribe', payload: { query } });
        if (until(messages)) socket.close();
      });
    });
  }

  const last = (messages: Message[]) => messages.at(-1);
  const failed = (messages: Message[]) => last(messages)?.type === 'error';

  it('brings events to who may see them', async () => {
    const token = await tokenOf('admin-420323');
    const messages = await subscribe(token, 'subscription { ticks(county: "420323") }', ({ length }) => length === 4);
    expect(messages.slice(1).map(({ payload }) => payload)).toEqual([
      { data: { ticks: 1 } },
      { data: { ticks: 2 } },
      { data: { ticks: 3 } },
    ]);
  });

  it.each([
    ['another county', 'subscription { ticks(county: "420324") }', 'FORBIDDEN'],
    ['a field that is none', 'subscription { tocks }', 'BAD_USER_INPUT'],
    [
      'a look into the depth',
      `subscription { ticks(county: "420323") ${'a: __typename '.repeat(1)} nope }`,
      'BAD_USER_INPUT',
    ],
    ['a document too long', `subscription { ticks(county: "420323") } # ${'x'.repeat(20_000)}`, 'BAD_USER_INPUT'],
  ])('is refused for %s', async (_, query, code) => {
    const messages = await subscribe(await tokenOf('admin-420323'), query, failed);
    expect(last(messages)).toMatchObject({ type: 'error', payload: [{ extensions: { code } }] });
  });

  it('does not begin without a token, nor with a forged one', async () => {
    for (const token of [undefined, 'forged']) {
      const messages = await subscribe(token, 'subscription { ticks(county: "420323") }', () => false);
      expect(messages.map(({ type }) => type)).not.toContain('connection_ack');
    }
  });

  it('ends when its token does', async () => {
    const { child, url: other } = await start({ OIDC_ISSUER: shortLived.issuer });
    const before = url;
    url = other;
    try {
      const token = await tokenOf('admin-420323', shortLived.issuer);
      const messages = await subscribe(token, 'subscription { ticks(county: "420323") }', failed);
      expect(messages.length).toBeGreaterThan(10);
      expect(last(messages)).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    } finally {
      url = before;
      child.kill('SIGKILL');
    }
  });
});

describe('A service in production', () => {
  it('does not show its schema', async () => {
    const { child, url: other } = await start({ NODE_ENV: 'production' });
    const before = url;
    url = other;
    try {
      expect(codes(await ask('{ __schema { types { name } } }'))).toContain('BAD_USER_INPUT');
      expect((await fetch(`${url}/graphiql`)).status).toBe(404);
    } finally {
      url = before;
      child.kill('SIGKILL');
    }
  });

  it('answers what it began before it ends', async () => {
    const { child, url: other } = await start();
    const before = url;
    url = other;
    try {
      const slow = ask('{ slow }', await tokenOf('admin-420323'));
      await logged('slow begins');
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      expect((await slow).data).toEqual({ slow: 'done' });
      expect(await ended).toBe(0);
    } finally {
      url = before;
    }
  });
});
