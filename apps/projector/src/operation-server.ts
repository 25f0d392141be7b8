import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Readiness } from '@junheng/service';
import type { Registry } from 'prom-client';

/** Health and metrics of a service that serves nothing else. */
export function operationServer(readiness: Readiness, registry: Registry): Server {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    switch (request.url) {
      case '/health/live':
        return json(response, 200, { status: 'ok' });
      case '/health/ready': {
        const report = await readiness.report();
        return json(response, report.status === 'down' ? 503 : 200, report);
      }
      case '/metrics':
        response.writeHead(200, { 'content-type': registry.contentType });
        response.end(await registry.metrics());
        return;
      case undefined:
      default:
        return json(response, 404, { status: 'unknown' });
    }
  };
  return createServer((request, response) => {
    answer(request, response).catch(() => json(response, 503, { status: 'down' }));
  });
}

function json(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
