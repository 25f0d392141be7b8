import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const port = (fallback: number) => z.coerce.number().int().min(1).max(65_535).default(fallback);

const schema = z.object({
  /** Where the embedded database and the embedded identity provider keep their data. */
  JUNHENG_HOME: z.string().min(1).optional(),
  /** A PostgreSQL of your own, as a role that may create roles and schemas; without it one is brought along. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  APP_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  PROJECTOR_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** The realm of a Keycloak of your own; without it a provider for demonstration is brought along. */
  OIDC_ISSUER: z.url().optional(),
  /** A running API, for commands that ask it; without it that of a running `junheng up`. */
  JUNHENG_API: z.url().optional(),
  JUNHENG_PASSWORD: z.string().default('junheng'),
  JUNHENG_PORT: port(4000),
  JUNHENG_IDENTITY_PORT: port(4001),
  JUNHENG_PROJECTOR_PORT: port(4002),
  JUNHENG_DATABASE_PORT: port(5433),
});

export interface CliConfig {
  readonly home: string;
  readonly databaseUrl: string | undefined;
  readonly appDatabaseUrl: string | undefined;
  readonly projectorDatabaseUrl: string | undefined;
  readonly issuer: string | undefined;
  readonly api: string | undefined;
  readonly password: string;
  readonly ports: {
    readonly api: number;
    readonly identity: number;
    readonly projector: number;
    readonly database: number;
  };
  /** What a child process gets besides its own variables. */
  readonly environment: NodeJS.ProcessEnv;
}

const WORKSPACE = fileURLToPath(new URL('../../../', import.meta.url));

export function cliConfig(environment: NodeJS.ProcessEnv = process.env): CliConfig {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  const { data } = parsed;
  return {
    home: path.resolve(data.JUNHENG_HOME ?? path.join(WORKSPACE, '.junheng')),
    databaseUrl: data.DATABASE_URL,
    appDatabaseUrl: data.APP_DATABASE_URL,
    projectorDatabaseUrl: data.PROJECTOR_DATABASE_URL,
    issuer: data.OIDC_ISSUER,
    api: data.JUNHENG_API,
    password: data.JUNHENG_PASSWORD,
    ports: {
      api: data.JUNHENG_PORT,
      identity: data.JUNHENG_IDENTITY_PORT,
      projector: data.JUNHENG_PROJECTOR_PORT,
      database: data.JUNHENG_DATABASE_PORT,
    },
    environment,
  };
}
