import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { authenticate, correlationIdOf } from './authentication.js';
import type { RequestContext } from './caller.js';
import { keepAnswers } from './keep-answers.js';
import { KeptAnswers } from './kept-answers.js';
import { nestLog, withCorrelation } from './log.js';
import type { ServiceOptions } from './service-options.js';

declare module 'fastify' {
  interface FastifyRequest {
    junheng: RequestContext;
  }
}

const LONGEST_BODY = 1_048_576;

/** The application on Fastify, ready to `listen()`: correlation ids, authentication, limits and metrics of HTTP. */
export async function createHttpServer(
  module: Type | DynamicModule,
  options: ServiceOptions,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: LONGEST_BODY,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
  });
  equip(adapter.getInstance<FastifyInstance>(), options);
  return NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: nestLog(options.log),
    abortOnError: false,
  });
}

function equip(fastify: FastifyInstance, { verifier, metrics, tenantTransaction }: ServiceOptions): void {
  fastify.decorateRequest('junheng');
  fastify.addHook('onRequest', (request, reply, done) => {
    const correlationId = correlationIdOf(request.headers['x-request-id']);
    void reply.header('x-request-id', correlationId);
    void reply.header('x-content-type-options', 'nosniff');
    withCorrelation(correlationId, () => {
      authenticate(verifier, request.headers.authorization, correlationId).then((context) => {
        request.junheng = context;
        done();
      }, done);
    });
  });
  // Or a connection that was busy when the end began stays open, idle, and the server waits for it.
  let ending = false;
  fastify.addHook('preClose', (done) => {
    ending = true;
    done();
  });
  fastify.addHook('onSend', (_, reply, payload, done) => {
    if (ending) void reply.header('connection', 'close');
    done(null, payload);
  });
  keepAnswers(fastify, new KeptAnswers((scope) => tenantTransaction.stamp(scope)));
  fastify.addHook('onResponse', (request, reply, done) => {
    metrics.http(request.method, request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime);
    done();
  });
}
