/** What we use of oidc-provider, which brings no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface Client {
    readonly clientId: string;
  }
  export interface Context {
    readonly oidc: {
      readonly client: Client;
      readonly params: Readonly<Record<string, string | undefined>>;
      readonly session?: { readonly accountId: string; grantIdFor(clientId: string): string | undefined };
      entity(name: string, value: object): void;
    };
    body: unknown;
  }
  export interface Grant {
    addOIDCScope(scope: string): void;
    addResourceScope(resource: string, scope: string): void;
    save(): Promise<string>;
  }
  export interface Token {
    readonly kind: string;
    readonly accountId?: string;
    readonly clientId: string;
    readonly expiration: number;
    readonly tokenType: string;
    resourceServer: unknown;
    scope: string;
    save(): Promise<string>;
  }
  export interface IdToken {
    scope: string;
    issue(options: { use: 'idtoken' }): Promise<string>;
  }

  export const interactionPolicy: { base(): { remove(prompt: string): void } };

  export default class Provider {
    constructor(issuer: string, configuration: object);
    readonly issuer: string;
    readonly Client: { readonly prototype: object };
    readonly Grant: { new (of: { accountId: string; clientId: string }): Grant; find(id: string): Promise<Grant> };
    readonly AccessToken: new (of: object) => Token;
    readonly RefreshToken: new (of: object) => Token;
    readonly IdToken: new (claims: object, options: { ctx: Context }) => IdToken;
    readonly ResourceServer: new (resource: string, info: object) => object;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    registerGrantType(name: string, handler: (context: Context) => Promise<void>, parameters: readonly string[]): void;
    interactionDetails(
      request: IncomingMessage,
      response: ServerResponse,
    ): Promise<{ readonly uid: string; readonly prompt: { readonly name: string } }>;
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
    on(event: string, listener: (context: Context, error: Error) => void): this;
  }
}
