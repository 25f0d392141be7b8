import type Provider from 'oidc-provider';
import type { Client, Context } from 'oidc-provider';
import type { SignIn } from './sign-in.js';

export const AUDIENCE = 'junheng-api';

/** The audience as a resource indicator, which must be a URI. */
export const RESOURCE = 'urn:junheng:api';

const SCOPES = new Set(['openid', 'profile', 'roles', 'offline_access']);

/** Grants a first-party client all that it asks for: there is no consent to give to oneself. */
export async function grantFor(provider: Provider, client: Client, accountId: string): Promise<string> {
  const grant = new provider.Grant({ accountId, clientId: client.clientId });
  grant.addOIDCScope([...SCOPES].join(' '));
  grant.addResourceScope(RESOURCE, 'roles');
  return grant.save();
}

/** Keycloak's direct access grant, which OAuth 2.1 dropped: for scripts and demonstrations. */
export function registerPasswordGrant(provider: Provider, signIn: SignIn, resourceServer: object): void {
  provider.registerGrantType(
    'password',
    async (context) => {
      const { client, params } = context.oidc;
      const { id: accountId } = await signIn.check(params['username'] ?? '', params['password'] ?? '');
      const scopes = (params['scope'] ?? '').split(' ').filter((scope) => SCOPES.has(scope));
      const of = { accountId, client, grantId: await grantFor(provider, client, accountId), gty: 'password' };

      const access = new provider.AccessToken(of);
      access.resourceServer = new provider.ResourceServer(RESOURCE, resourceServer);
      access.scope = 'roles';
      context.oidc.entity('AccessToken', access);
      const refresh = new provider.RefreshToken({ ...of, resource: RESOURCE, scope: ['roles', ...scopes].join(' ') });
      context.body = {
        access_token: await access.save(),
        expires_in: access.expiration,
        refresh_token: await refresh.save(),
        token_type: access.tokenType,
        ...(scopes.includes('openid') && { id_token: await idToken(provider, context, accountId) }),
        scope: ['roles', ...scopes].join(' '),
      };
    },
    ['username', 'password', 'scope'],
  );
}

async function idToken(provider: Provider, ctx: Context, accountId: string): Promise<string> {
  const token = new provider.IdToken({ sub: accountId, preferred_username: accountId }, { ctx });
  token.scope = 'openid profile';
  return token.issue({ use: 'idtoken' });
}
