import { readConfig } from '@junheng/service';
import { z } from 'zod';

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ });

const schema = z.object({
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /** Signs in as the role that folds: it reads every ledger and writes the read tables. */
  DATABASE_URL: postgresUrl,
  /** Signs in as the role that appends: processes send commands as everybody does. */
  APP_DATABASE_URL: postgresUrl,
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4_002),
  LANES: z.coerce.number().int().min(1).max(32).default(2),
  SHUTDOWN_TIMEOUT_MS: z.coerce.number().int().positive().default(10_000),
});

export type ProjectorConfig = z.infer<typeof schema>;

export const projectorConfig = (): ProjectorConfig => readConfig(schema);
