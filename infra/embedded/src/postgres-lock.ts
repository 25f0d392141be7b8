import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Removes the lock file that a killed server left behind.
 *
 * PostgreSQL does so itself unless another process has got the dead server's pid since, which after a restart of a
 * container is the rule. A server that is still ending gets 10 s; one that goes on running keeps its folder.
 */
export async function removeStaleLock(dataFolder: string): Promise<void> {
  const file = path.join(dataFolder, 'postmaster.pid');
  if (!existsSync(file) || !existsSync('/proc/self/cwd')) return;
  const deadline = Date.now() + 10_000;
  for (let holders = processesIn(dataFolder); holders.length > 0; holders = processesIn(dataFolder)) {
    if (Date.now() > deadline) {
      throw new Error(`The database in ${dataFolder} is in use by process ${holders[0]}. Stop that one first.`);
    }
    await pause(100);
  }
  rmSync(file, { force: true });
}

function processesIn(folder: string): number[] {
  const real = realpathSync(folder);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => isPostgresIn(pid, real))
    .map(Number);
}

function isPostgresIn(pid: string, folder: string): boolean {
  try {
    return (
      readlinkSync(`/proc/${pid}/cwd`) === folder && readFileSync(`/proc/${pid}/stat`, 'utf8').includes('postgres')
    );
  } catch {
    return false;
  }
}
