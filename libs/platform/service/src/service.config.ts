import { z } from 'zod';

const milliseconds = (fallback: number) => z.coerce.number().int().positive().default(fallback);
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ });

/** What every service reads from its environment; an app extends it with its own. */
export const serviceConfigSchema = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /** Signs in as the role that appends and reads; never as the owner. */
  DATABASE_URL: postgresUrl,
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).regex(/\/realms\/[^/]+$/, 'must end in /realms/<name>'),
  OIDC_AUDIENCE: z.string().min(1).default('junheng-api'),
  /** Where the signing keys are, when the service reaches the provider by another address than its users do. */
  OIDC_KEYS_URL: z.url({ protocol: /^https?$/ }).optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4_000),
  READ_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  STATEMENT_TIMEOUT_MS: milliseconds(10_000),
  SHUTDOWN_TIMEOUT_MS: milliseconds(10_000),
});

export type ServiceConfig = z.infer<typeof serviceConfigSchema>;

/** Parses once, before anything starts; the error names every variable that is wrong and repeats no value. */
export function readConfig<Schema extends z.ZodType>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): z.infer<Schema> {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new Error(`The environment does not fit:\n${faults.join('\n')}`);
}
