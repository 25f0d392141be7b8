import { demoPlan, type DemoStep } from '@junheng/demo';
import { openCommandSide } from '@junheng/product';
import { SingleBar } from 'cli-progress';
import pg from 'pg';
import type { Databases } from './databases.js';
import { envelope } from './demo-envelope.js';

/** Loads the demo into a database without any tenant; a load that was cut off goes on where it ended. */
export async function loadDemo({ ownerUrl, appUrl }: Databases): Promise<void> {
  const steps = demoPlan();
  if (await isSettled(ownerUrl, steps)) return;
  const side = await openCommandSide(appUrl);
  const bar = new SingleBar({ format: 'junheng: loading the demo [{bar}] {value}/{total} commands', hideCursor: true });
  bar.start(steps.length, 0);
  try {
    await inOrder(steps, async (step) => {
      await side.commands.execute(envelope(step));
      bar.increment();
    });
  } finally {
    bar.stop();
    await side.close();
  }
}

/** Whether the plan's last command is in the ledger, or somebody else's tenants are. */
async function isSettled(ownerUrl: string, steps: readonly DemoStep[]): Promise<boolean> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ settled: boolean }>(
      `SELECT (SELECT count(*) FROM ledger.command WHERE command_id = ANY($1)) = cardinality($1)
           OR EXISTS (SELECT FROM ledger.tenant WHERE NOT tenant_id = ANY($2)) AS settled`,
      [steps.map(({ commandId }) => commandId), [...new Set(steps.map(({ tenant }) => tenant))]],
    );
    return rows[0]?.settled ?? false;
  } finally {
    await owner.end();
  }
}

/** Regions first and one after the other, as each stands on its parent; then the counties side by side, each in order. */
async function inOrder(steps: readonly DemoStep[], carryOut: (step: DemoStep) => Promise<void>): Promise<void> {
  const regions = steps.filter(({ category, tenant }) => category === 'region' || tenant.length < 6);
  for (const step of regions) await carryOut(step);
  const byCounty = new Map<string, DemoStep[]>();
  for (const step of steps) {
    if (regions.includes(step)) continue;
    const own = byCounty.get(step.tenant);
    if (own) own.push(step);
    else byCounty.set(step.tenant, [step]);
  }
  await Promise.all(
    [...byCounty.values()].map(async (own) => {
      for (const step of own) await carryOut(step);
    }),
  );
}
