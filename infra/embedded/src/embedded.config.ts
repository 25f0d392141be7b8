/** What the server processes see of our environment: nothing of `PG…`, no locale of the machine. */
export const SERVER_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};

export const isProduction = (): boolean => process.env['NODE_ENV'] === 'production';
