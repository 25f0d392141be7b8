import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { KeptAnswers, Place } from './kept-answers.js';

declare module 'fastify' {
  interface FastifyRequest {
    question: Question | undefined;
  }
}

/** A GraphQL request that may have been answered before. */
interface Question {
  readonly key: string;
  readonly place?: Place;
  good: boolean;
}

/** Answers from `answers` what it holds, behind authentication and before GraphQL; hands it what may be kept. */
export function keepAnswers(fastify: FastifyInstance, answers: KeptAnswers): void {
  fastify.decorateRequest('question');

  fastify.addHook('preHandler', async (request, reply) => {
    const who = signedIn(request);
    const key = who && answers.keyOf(request.body, who);
    if (!who || key === undefined) return undefined;
    // Without a read model there is no stamp; what to say then is for the operation to tell.
    const found = await answers.find(key, who.scope).catch(() => undefined);
    if (Buffer.isBuffer(found)) return reply.type('application/json; charset=utf-8').send(found);
    request.question = { key, good: false, ...(found && { place: found }) };
    return undefined;
  });

  fastify.addHook('preSerialization', (request, reply, answer, done) => {
    if (request.question) request.question.good = isGood(request, reply, answer);
    done(null, answer);
  });

  fastify.addHook('onSend', (request, _reply, payload, done) => {
    const { question } = request;
    const body = question?.good === true && typeof payload === 'string' ? Buffer.from(payload) : undefined;
    question?.place?.fill(body);
    if (question && body && !question.place) answers.note(question.key);
    done(null, body ?? payload);
  });
}

/** The guard has let every field of such a request pass once for this role and scope; the token's end it cannot know. */
function signedIn({ method, url, junheng }: FastifyRequest) {
  const { who, expiresAt = 0, refusal } = junheng;
  return method === 'POST' && url === '/graphql' && !refusal && expiresAt > Date.now() ? who : undefined;
}

function isGood({ junheng }: FastifyRequest, { statusCode }: FastifyReply, answer: unknown): boolean {
  const whole = typeof answer === 'object' && answer !== null && !('errors' in answer && answer.errors);
  return junheng.mayBeKept === true && statusCode === 200 && whole;
}
