import Provider, { type Client, type Context, interactionPolicy, type Token } from 'oidc-provider';
import type { Account } from './account.js';
import type { IdentityKeys } from './identity-keys.js';
import { identityStore } from './identity-store.js';
import { AUDIENCE, grantFor, RESOURCE, registerPasswordGrant } from './password-grant.js';
import type { SignIn } from './sign-in.js';

const OIDC = '/protocol/openid-connect';
const CONSOLE = 'junheng-console';
const DAY = 86_400;

export interface RealmOptions {
  readonly consoleOrigins?: readonly string[];
  readonly tokenSeconds?: number;
}

/** oidc-provider dressed as the realm of `infra/keycloak`: same paths, same clients, same claims. */
export function buildProvider(issuer: string, keys: IdentityKeys, signIn: SignIn, options: RealmOptions): Provider {
  const { consoleOrigins = ['http://localhost:4000', 'http://localhost:5173'], tokenSeconds = 1_800 } = options;
  const resourceServer = {
    scope: 'roles',
    audience: AUDIENCE,
    accessTokenFormat: 'jwt',
    accessTokenTTL: tokenSeconds,
    jwt: { sign: { alg: 'RS256' } },
  };
  const provider: Provider = new Provider(issuer, {
    jwks: keys.jwks,
    adapter: identityStore(),
    clients: clients(keys.serviceSecret, consoleOrigins),
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post'],
    cookies: { keys: [keys.cookieKey] },
    scopes: ['openid', 'offline_access', 'roles'],
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    pkce: { required: () => true },
    ttl: {
      AccessToken: tokenSeconds,
      ClientCredentials: tokenSeconds,
      IdToken: tokenSeconds,
      Grant: DAY,
      RefreshToken: DAY,
      Session: DAY,
      Interaction: 900,
    },
    routes: {
      authorization: `${OIDC}/auth`,
      token: `${OIDC}/token`,
      jwks: `${OIDC}/certs`,
      userinfo: `${OIDC}/userinfo`,
      end_session: `${OIDC}/logout`,
      revocation: `${OIDC}/revoke`,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => resourceServer,
      },
    },
    interactions: {
      policy: signInOnly(),
      url: (_: Context, { uid }: { uid: string }) => `${new URL(issuer).pathname}/sign-in/${uid}`,
    },
    issueRefreshToken: (_: Context, { clientId }: Client) => clientId === CONSOLE,
    loadExistingGrant: async ({ oidc: { client, session } }: Context) => {
      const known = session?.grantIdFor(client.clientId);
      const id = known ?? (session && (await grantFor(provider, client, session.accountId)));
      return id === undefined ? undefined : provider.Grant.find(id);
    },
    clientBasedCORS: (_: Context, origin: string) => consoleOrigins.includes(origin),
    findAccount: async (_: Context, id: string) => {
      const account = await signIn.account(id);
      return account && { accountId: id, claims: () => ({ sub: id, preferred_username: id }) };
    },
    extraTokenClaims: async (_: Context, token: Token) => {
      const account = token.accountId === undefined ? serviceAccount(token) : await signIn.account(token.accountId);
      return account && claims(account, token.clientId);
    },
    renderError,
  });
  allowEveryPage(provider, consoleOrigins);
  registerPasswordGrant(provider, signIn, resourceServer);
  return provider;
}

/** No page asks whether our own console may see what it shows. */
function signInOnly(): object {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  return policy;
}

const serviceAccount = ({ clientId }: Token): Account => ({
  id: `service-account-${clientId}`,
  role: 'operator',
  region: '-',
});

const claims = ({ id, role, region, school }: Account, client: string) => ({
  typ: 'Bearer',
  azp: client,
  preferred_username: id,
  realm_access: { roles: [role] },
  region,
  ...(school !== undefined && { school }),
});

function clients(serviceSecret: string, consoleOrigins: readonly string[]): object[] {
  const noRedirect = { redirect_uris: [], response_types: [] };
  return [
    {
      client_id: 'junheng-cli',
      token_endpoint_auth_method: 'none',
      grant_types: ['password', 'refresh_token'],
      ...noRedirect,
    },
    {
      client_id: 'junheng-service',
      client_secret: serviceSecret,
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: ['client_credentials'],
      ...noRedirect,
    },
    {
      client_id: CONSOLE,
      token_endpoint_auth_method: 'none',
      application_type: 'native',
      grant_types: ['authorization_code', 'refresh_token'],
      redirect_uris: consoleOrigins.map((origin) => `${origin}/`),
      response_types: ['code'],
    },
  ];
}

/** Keycloak's `http://origin/*`: the console comes back to the page that it left. */
function allowEveryPage(provider: Provider, consoleOrigins: readonly string[]): void {
  const allowed = function (this: Client, url: string): boolean {
    return this.clientId === CONSOLE && URL.canParse(url) && consoleOrigins.includes(new URL(url).origin);
  };
  Object.assign(provider.Client.prototype, { redirectUriAllowed: allowed, postLogoutRedirectUriAllowed: allowed });
}

function renderError(context: Context, { error, error_description }: Record<string, string>): void {
  context.body = { error, error_description };
}
