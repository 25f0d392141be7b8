import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createLocalJWKSet, type JWK, jwtVerify } from 'jose';
import type { ResolveSchool } from './account.js';
import { isProduction } from './embedded.config.js';
import { freePort } from './free-port.js';
import { type IdentityKeys, identityKeys } from './identity-keys.js';
import { SignIn } from './sign-in.js';
import { signInPage } from './sign-in-page.js';

export interface IdentityProviderOptions {
  /** Taken when it is free; otherwise another. */
  readonly port?: number;
  /** Where its keys live. */
  readonly dataDir: string;
  readonly resolveSchool: ResolveSchool;
  /** Origins of the web console. */
  readonly consoleOrigins?: readonly string[];
  readonly tokenSeconds?: number;
  readonly password?: string;
  readonly allowInProduction?: boolean;
  readonly warn?: (line: string) => void;
}

export interface IdentityProvider {
  readonly issuer: string;
  readonly port: number;
  /** The client of our own services, for the client-credentials grant. */
  readonly service: { readonly clientId: string; readonly secret: string };
  stop(): Promise<void>;
}

const REALM_PATH = '/realms/junheng';

const SERVICE_CLIENT = 'junheng-service';

/**
 * Signs demonstration accounts in, on the paths of a Keycloak realm, with real signed tokens.
 * Everybody knows the password, so it listens on this machine only and refuses to run in production.
 */
export async function startIdentityProvider(options: IdentityProviderOptions): Promise<IdentityProvider> {
  const { password = 'junheng', warn = console.warn } = options;
  if (isProduction() && options.allowInProduction !== true) {
    throw new Error('The embedded identity provider is for demonstration only. Set OIDC_ISSUER to a real Keycloak.');
  }
  const keys = await identityKeys(options.dataDir);
  const port = await freePort(options.port ?? 4001);
  const issuer = `http://localhost:${port}${REALM_PATH}`;
  const signIn = new SignIn(password, options.resolveSchool);
  const { buildProvider } = await quietly(() => import('./oidc-realm.js'));
  const provider = buildProvider(issuer, keys, signIn, options);
  const serve = provider.callback();
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [path = '/'] = (request.url ?? '/').split('?');
    if (!path.startsWith(`${REALM_PATH}/`)) return answer(response, path === '/health' ? 200 : 404, {});
    if (path.startsWith(`${REALM_PATH}/sign-in/`)) return signInPage(provider, signIn, request, response);
    if (path === `${REALM_PATH}/protocol/openid-connect/userinfo`) return userInfo(keys, issuer, request, response);
    Object.assign(request, { originalUrl: request.url, url: request.url?.slice(REALM_PATH.length) });
    return serve(request, response);
  };
  const servers = await listen(port, (request, response) => {
    handle(request, response).catch(() => {
      if (!response.headersSent) answer(response, 400, { error: 'invalid_request' });
    });
  });
  warn(`DEMONSTRATION ONLY: ${issuer} signs in every demo account with the password "${password}".`);
  return {
    issuer,
    port,
    service: { clientId: SERVICE_CLIENT, secret: keys.serviceSecret },
    stop: async () => void (await Promise.all(servers.map(close))),
  };
}

// On Node 20 the library calls its runtime unsupported while it loads; our tests say that it works there.
async function quietly<T>(load: () => Promise<T>): Promise<T> {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return await load();
  } finally {
    console.warn = warn;
  }
}

/** "localhost" is either loopback address, and clients differ in which they try first. */
async function listen(
  port: number,
  handler: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server[]> {
  const servers = ['127.0.0.1', '::1'].map((host) => ({ host, server: createServer(handler) }));
  const listening = await Promise.allSettled(
    servers.map(
      ({ host, server }) =>
        new Promise<Server>((resolve, reject) => {
          server.once('error', reject);
          server.listen(port, host, () => resolve(server));
        }),
    ),
  );
  if (listening[0]?.status === 'rejected') throw listening[0].reason;
  return listening.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

// The library answers only tokens without an audience here; Keycloak answers its access tokens.
async function userInfo(
  { jwks }: IdentityKeys,
  issuer: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-allow-headers', 'authorization');
  if (request.method === 'OPTIONS') return answer(response, 204, undefined);
  const publicKeys = jwks.keys.map(({ kty, n, e, kid, alg }) => ({ kty, n, e, kid, alg }) as JWK);
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: publicKeys }), { issuer });
    const { sub, preferred_username, region, school } = payload;
    answer(response, 200, { sub, preferred_username, region, school });
  } catch {
    answer(response, 401, { error: 'invalid_token', error_description: 'Token verification failed' });
  }
}

function answer(response: ServerResponse, status: number, body: object | undefined): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(body && JSON.stringify(body));
}
