/** Prepares the place where spec files meet over one stack; the first that needs the stack starts it. */
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sharedStack } from './after-all.mjs';

export default async function beforeAll() {
  const folder = await mkdtemp(path.join(tmpdir(), 'junheng-e2e-'));
  // The account that runs PostgreSQL for root must be able to pass.
  await chmod(folder, 0o711);
  process.env['JUNHENG_E2E'] = folder;
  // A run that is broken off comes past here, and not past the end of all tests.
  process.once('exit', () => sharedStack(folder)?.kill('SIGTERM'));
}
