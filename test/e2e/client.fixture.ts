import { randomUUID } from 'node:crypto';
import {
  buildClientSchema,
  getIntrospectionQuery,
  type GraphQLArgument,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import type { Addresses } from './program.fixture.js';
import { until } from './until.fixture.js';

type Variables = Readonly<Record<string, unknown>>;

export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly [detail: string]: unknown;
}

export interface Receipt {
  readonly id: string;
  readonly version: number;
  readonly position: number;
}

/** A body as it came, with its status. */
export interface Answer {
  readonly status: number;
  readonly data: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- read as it comes
  readonly refusals: readonly Refusal[];
  readonly text: string;
}

/** What a user's program does: sign in by password, ask, command. */
export class Client {
  readonly #tokens = new Map<string, Promise<string>>();
  #schema: Promise<GraphQLSchema> | undefined;

  constructor(readonly at: Pick<Addresses, 'api' | 'issuer'>) {}

  token(account: string): Promise<string> {
    const known = this.#tokens.get(account) ?? signIn(this.at.issuer, account);
    this.#tokens.set(account, known);
    return known;
  }

  /** `account` undefined asks without a token. */
  async send(account: string | undefined, document: string, variables: Variables = {}): Promise<Answer> {
    const token = account === undefined ? undefined : await this.token(account);
    return this.post(token, { query: document, variables });
  }

  async post(token: string | undefined, body: unknown): Promise<Answer> {
    const response = await fetch(`${this.at.api}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    const { data, errors = [] } = JSON.parse(text);
    const refusals = errors.map(({ message, extensions }: { message: string; extensions: object }) => {
      return { message, ...extensions };
    });
    return { status: response.status, data, refusals, text };
  }

  /** The data; waits while the rows are behind the position that was asked for. */
  async ask(account: string, document: string, variables: Variables = {}) {
    return until(document, async () => {
      const { data, refusals } = await this.send(account, document, variables);
      if (refusals[0]?.code === 'BEHIND') return undefined;
      if (refusals[0]) throw new Error(`${account}: ${JSON.stringify(refusals)} for ${document}`);
      return data;
    });
  }

  async refusal(account: string | undefined, document: string, variables: Variables = {}): Promise<Refusal> {
    const { refusals, text } = await this.send(account, document, variables);
    if (refusals.length !== 1) throw new Error(`One refusal expected, not ${text}`);
    return refusals[0]!;
  }

  /** Sends a mutation with every argument as a variable of its type in the schema. */
  async command(account: string, mutation: string, args: Variables): Promise<Receipt> {
    const { data, refusals } = await this.send(account, ...(await this.mutation(mutation, args)));
    if (refusals[0]) throw new Error(`${account} ${mutation}: ${JSON.stringify(refusals)}`);
    return data[mutation];
  }

  async refusedCommand(account: string, mutation: string, args: Variables): Promise<Refusal> {
    return this.refusal(account, ...(await this.mutation(mutation, args)));
  }

  async mutation(name: string, args: Variables): Promise<[document: string, variables: Variables]> {
    const field = (await this.schema()).getMutationType()!.getFields()[name]!;
    const document = documentOf('mutation', name, field.args, Object.keys({ commandId: '', ...args }), RECEIPT);
    return [document, { commandId: randomUUID(), ...args }];
  }

  schema(): Promise<GraphQLSchema> {
    const introspection = { query: getIntrospectionQuery() };
    this.#schema ??= this.post(undefined, introspection).then(({ data }) => {
      return buildClientSchema(data as IntrospectionQuery);
    });
    return this.#schema;
  }
}

const RECEIPT = '{ id version position }';

export function documentOf(
  operation: 'query' | 'mutation' | 'subscription',
  name: string,
  args: readonly GraphQLArgument[],
  given: readonly string[],
  selection: string,
): string {
  const passed = args.filter((arg) => given.includes(arg.name));
  const declared = passed.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const used = passed.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  return `${operation} (${declared}) { ${name}(${used}) ${selection} }`;
}

async function signIn(issuer: string, username: string): Promise<string> {
  const response = await fetch(`${issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: 'junheng-cli', username, password: 'junheng' }),
  });
  const { access_token } = (await response.json()) as { access_token?: string };
  if (access_token === undefined) throw new Error(`${username} was not signed in: ${response.status}`);
  return access_token;
}
