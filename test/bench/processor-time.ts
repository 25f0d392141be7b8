import { readdirSync, readFileSync } from 'node:fs';

const TICKS_A_SECOND = 100;

/** Processor seconds that a PostgreSQL and its living backends have used; undefined where there is no /proc. */
export function postgresSeconds(postmaster: number): number | undefined {
  try {
    const processes = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(statOf);
    const ours = processes.filter((one) => one && (one.pid === postmaster || one.parent === postmaster));
    return ours.reduce((sum, one) => sum + (one?.ticks ?? 0), 0) / TICKS_A_SECOND;
  } catch {
    return undefined;
  }
}

function statOf(pid: string) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return { pid: Number(pid), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return undefined;
  }
}
