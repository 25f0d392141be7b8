import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { authorise } from './guard.js';
import type { Policy } from './policy.js';

export const POLICY = Symbol('policy');

const OWN_ROWS: Policy = {
  'Http.live': { roles: [], public: true },
  'Http.ready': { roles: [], public: true },
  'Http.metrics': { roles: [], public: true },
};

/** Denies every controller's method that has no row `Http.<method>`; GraphQL is guarded in its schema. */
@Injectable()
export class HttpGuard implements CanActivate {
  constructor(@Inject(POLICY) private readonly policy: Policy) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType<string>() !== 'http') return true;
    const { junheng, params, query } = context.switchToHttp().getRequest<FastifyRequest>();
    const operation = `Http.${context.getHandler().name}`;
    authorise(operation, { ...this.policy, ...OWN_ROWS }, { params, query }, junheng);
    return true;
  }
}
