import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mapError } from './errors.js';
import type { Log } from './log.js';

const STATUS: Readonly<Record<string, number>> = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  TIMEOUT: 503,
  BEHIND: 503,
  IDENTITY_UNAVAILABLE: 503,
  INTERNAL: 500,
};

/** Controllers' errors, in the words of the one mapper. A refusal by a rule is a conflict. */
@Catch()
export class HttpErrors implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType<string>() !== 'http') throw error;
    const { junheng } = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (error instanceof HttpException && error.getStatus() < 500) {
      const code = error.getStatus() === 404 ? 'NOT_FOUND' : 'BAD_USER_INPUT';
      void reply.status(error.getStatus()).send({ code, message: error.message, correlationId: junheng.correlationId });
      return;
    }
    const { message, extensions, level } = mapError(error, junheng.correlationId);
    if (level === 'error') this.log.error({ err: error }, 'failed');
    void reply.status(STATUS[extensions.code] ?? 409).send({ message, ...extensions });
  }
}
