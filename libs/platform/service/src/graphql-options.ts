import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius';
import type { FastifyRequest } from 'fastify';
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  specifiedRules,
  validate,
} from 'graphql';
import { authenticate, authorizationOf, correlationIdOf } from './authentication.js';
import type { RequestContext } from './caller.js';
import { mapError, type PublicError } from './errors.js';
import { protectSchema } from './guard.js';
import { limitRules, LIMITS } from './limits.js';
import type { ServiceOptions } from './service-options.js';
import { withDefaults } from './variable-defaults.js';

/** Uses after which a document is compiled; before that it may be one of many that come once. */
const COMPILE_AT = 3;
const REMEMBERED_DOCUMENTS = 512;

export function graphqlOptions(options: ServiceOptions): MercuriusDriverConfig {
  const { config, policy, metrics, verifier, log } = options;
  const open = config.NODE_ENV !== 'production';
  const rules = limitRules(LIMITS, open);
  const format = errorFormatter(log);
  return {
    driver: MercuriusDriver,
    path: '/graphql',
    autoSchemaFile: true,
    sortSchema: true,
    transformSchema: (schema) => protectSchema(schema, policy, metrics.operation.bind(metrics)),
    graphiql: open,
    allowBatchedQueries: false,
    jit: COMPILE_AT,
    cache: REMEMBERED_DOCUMENTS,
    validationRules: rules,
    graphql: { parseOptions: { maxLexicalTokens: LIMITS.tokens } },
    context: (request: FastifyRequest) => request.junheng,
    errorFormatter: format,
    subscription: {
      keepAlive: 30_000,
      onConnect: async ({ payload }: { payload?: unknown }) => {
        const context = await authenticate(verifier, authorizationOf(payload), correlationIdOf(undefined));
        return context.who ? { ...context, subscriptions: new Set() } : false;
      },
    },
    hooks: {
      preParsing: async (_: GraphQLSchema, source: string) => refuseLong(source),
      preExecution: async (schema: GraphQLSchema, document: DocumentNode, _: object, variables = {}) => ({
        variables: withDefaults(schema, document, variables),
      }),
      preSubscriptionParsing: async (_: GraphQLSchema, source: string) => refuseLong(source),
      // Mercurius runs subscriptions without validating them.
      preSubscriptionExecution: async (schema: GraphQLSchema, document: DocumentNode) => {
        if (document.loc === undefined) throw badInput('Send the document as text.');
        const [fault] = validate(schema, document, [...specifiedRules, ...rules]);
        if (fault) throw badInput(mapError(fault, '').message);
      },
    },
  };
}

const badInput = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

function refuseLong(source: string): void {
  if (Buffer.byteLength(source) > LIMITS.documentBytes) {
    throw badInput(`A document is at most ${LIMITS.documentBytes} bytes long.`);
  }
}

type Formatted = Pick<PublicError, 'message' | 'extensions'> & Pick<GraphQLError, 'locations' | 'path'>;

function errorFormatter(log: ServiceOptions['log']) {
  return (execution: ExecutionResult, context: object) => {
    const { correlationId = '' } = context as Partial<RequestContext>;
    const errors = (execution.errors ?? []).flatMap(unfold).map((error): Formatted => {
      const { message, extensions, level } = mapError(error, correlationId);
      const { code } = extensions;
      if (level === 'error') log.error({ err: error.originalError ?? error, path: error.path?.join('.') }, 'failed');
      if (level === 'info') log.info({ code, path: error.path?.join('.') }, 'refused');
      return { message, extensions, locations: error.locations, path: error.path };
    });
    const malformed =
      execution.data === undefined && errors.every(({ extensions }) => extensions.code === 'BAD_USER_INPUT');
    const response = { data: execution.data ?? null, errors: errors as unknown as GraphQLError[] };
    return { statusCode: malformed ? 400 : 200, response };
  };
}

/** Mercurius puts all faults of a document into one error. */
function unfold(error: GraphQLError): readonly GraphQLError[] {
  const { originalError } = error;
  const faults = originalError && 'errors' in originalError ? originalError.errors : undefined;
  if (!Array.isArray(faults)) return [error];
  return faults.map((fault: Error) => (fault instanceof GraphQLError ? fault : new GraphQLError(fault.message)));
}
