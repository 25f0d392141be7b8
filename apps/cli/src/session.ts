import { randomUUID } from 'node:crypto';
import { cliConfig } from './cli.config.js';
import { running } from './running.js';

/** A signed-in account on a running API. */
export class Session {
  private constructor(
    private readonly api: string,
    private readonly token: string,
  ) {}

  /** By the password grant; the password comes from JUNHENG_PASSWORD, never from the command line. */
  static async open(account: string): Promise<Session> {
    const { home, api, issuer, password } = cliConfig();
    const here = running(home);
    const [apiUrl, issuerUrl] = [api ?? here?.api, issuer ?? here?.issuer];
    if (!apiUrl || !issuerUrl) {
      throw new Error('Nothing runs here. Start it with `npm start`, or set JUNHENG_API and OIDC_ISSUER.');
    }
    const answer = await fetch(`${issuerUrl}/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', client_id: 'junheng-cli', username: account, password }),
    });
    const { access_token: token } = (await answer.json()) as { access_token?: string };
    if (!token) throw new Error(`${account} could not sign in. Set its password in JUNHENG_PASSWORD.`);
    return new Session(apiUrl, token);
  }

  async ask<Data>(query: string, variables: Readonly<Record<string, unknown>>): Promise<Data> {
    const response = await fetch(`${this.api}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: Data; errors?: Fault[] };
    if (errors) throw new Error(errors.map(describe).join('\n'));
    return data;
  }

  newCommandId = (): string => randomUUID();
}

interface Fault {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly where?: string; readonly remedy?: string };
}

const describe = ({ message, extensions: { code = 'FAILED', where, remedy } = {} }: Fault): string =>
  [`${code}: ${message}`, where && `where: ${where}`, remedy && `what to do: ${remedy}`].filter(Boolean).join('\n  ');
