/** The folder in which the spec files of one run find the stack that they share; made before the first of them. */
export function meetingPlace(): string {
  const folder = process.env['JUNHENG_E2E'];
  if (folder === undefined) throw new Error('Run this with the configuration of the repository: jest.config.mjs.');
  return folder;
}

/** What a started program sees: our environment, and what it is told beside that. */
export const environment = (own: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({ ...process.env, ...own });
