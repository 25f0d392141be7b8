#!/usr/bin/env node
// The name `npx junheng` runs. On a fresh clone nothing is built yet, so the first call builds.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = new URL('dist/main.js', import.meta.url);
if (!existsSync(main)) {
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}
await import(main.href);
