import { type Client as SocketClient, type ClientOptions, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { Addresses } from './program.fixture.js';

type Request = Parameters<SocketClient['subscribe']>[0];

export interface Feed {
  /** The next result; rejects with what ended the feed. */
  next(): Promise<IteratorResult<any>>; // eslint-disable-line @typescript-eslint/no-explicit-any -- read as it comes
  unsubscribe(): Promise<unknown>;
  close(): Promise<void>;
}

/** A subscription over a WebSocket of its own (protocol graphql-transport-ws). */
export function subscribe({ api }: Pick<Addresses, 'api'>, token: string | undefined, request: Request): Feed {
  const options: ClientOptions = {
    url: `${api.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(token !== undefined && { connectionParams: { authorization: `Bearer ${token}` } }),
  };
  const client = createClient(options);
  const results = client.iterate(request);
  return {
    next: () => results.next(),
    unsubscribe: async () => results.return?.(),
    close: async () => client.dispose(),
  };
}
