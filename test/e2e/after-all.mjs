/** Ends the stack that spec files shared, where one was started. */
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const LONGEST_END_MS = 20_000;

export default async function afterAll() {
  const folder = process.env['JUNHENG_E2E'];
  const stack = sharedStack(folder);
  stack?.kill('SIGINT');
  for (const limit = Date.now() + LONGEST_END_MS; stack?.lives(); await pause(50)) {
    if (Date.now() > limit) throw new Error('The stack of the end-to-end tests is still running.');
  }
  await rm(folder, { recursive: true, force: true });
}

export function sharedStack(folder) {
  const file = path.join(folder, 'stack.json');
  if (!existsSync(file)) return undefined;
  const { pid } = JSON.parse(readFileSync(file, 'utf8'));
  if (pid === undefined) return undefined;
  const kill = (signal) => {
    try {
      return process.kill(pid, signal);
    } catch {
      return false;
    }
  };
  return { kill, lives: () => kill(0) };
}
