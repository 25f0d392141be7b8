import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RuleViolation } from '@junheng/kernel';
import type { Command } from '@nestjs/cqrs';
import { commandIdFrom } from './process.js';
import { Echo, openLedgers, type OpenLedgers, type SoundProcess } from './processes.fixture.js';

let ledgers: OpenLedgers;
beforeAll(async () => {
  ledgers = await openLedgers();
});
afterAll(() => ledgers.close());

/** Follows the ledgers of one province only, so that each test has its own. */
const echoOf = (name: string, province: string, to = (tenant: string) => tenant): SoundProcess => ({
  name,
  on: {
    BellRung: (event) =>
      event.tenant.startsWith(province)
        ? [new Echo(to(event.tenant), event.data.note, commandIdFrom(name, event), event)]
        : [],
  },
});

describe('A process', () => {
  it('carries what happened in one ledger into another, and says on whose behalf', async () => {
    await ledgers.open('110101', '110102');
    await ledgers.ring('110101', 'do', 're');
    await ledgers.noise('110101');
    await ledgers.runner(ledgers.echo).catchUp(echoOf('carries', '110101', () => '110102'));
    expect(await ledgers.heard('110102')).toEqual(['do', 're']);
    expect(await ledgers.checkpoint('110101', 'carries')).toMatchObject({ position: 3, error_code: null });
    const { rows } = await ledgers.owner.query<{ meta: object }>(
      `SELECT meta FROM ledger.event WHERE tenant_id = '110102' AND type = 'EchoHeard' ORDER BY position LIMIT 1`,
    );
    expect(rows[0]?.meta).toMatchObject({
      actor: 'process:echo',
      role: 'process',
      onBehalfOf: 'a-1',
      causationId: '110101/1',
      correlationId: 'c-1',
    });
  });

  it('carries a command out once, though the program dies between the command and the checkpoint', async () => {
    await ledgers.open('120101');
    await ledgers.ring('120101', 'do', 're', 'mi');
    const process = echoOf('crashes', '120101');
    let sent = 0;
    const dying = ledgers.runner(async (command) => {
      await ledgers.echo(command);
      sent += 1;
      if (sent === 2) await killRunners();
    });
    await expect(dying.catchUp(process)).rejects.toThrow();
    expect(await ledgers.heard('120101')).toEqual(['do', 're', 'mi']);
    expect(await ledgers.checkpoint('120101', 'crashes')).toBeUndefined();

    await ledgers.runner(ledgers.echo).catchUp(process);
    expect(await ledgers.heard('120101')).toEqual(['do', 're', 'mi']);
    expect(await ledgers.checkpoint('120101', 'crashes')).toEqual({ position: 6, error_code: null, attempts: 0 });
  });

  it('goes on after a command that is refused for good, and raises an alarm', async () => {
    await ledgers.open('130101');
    await ledgers.ring('130101', 'do', 'sour', 're');
    const troubles: unknown[] = [];
    const runner = ledgers.runner(refusing('sour', 'NOTE_SOUR'), { alarm: (trouble) => troubles.push(trouble) });
    await runner.catchUp(echoOf('refused', '130101'));
    expect(await ledgers.heard('130101')).toEqual(['do', 're']);
    expect(troubles).toEqual([{ process: 'refused', tenant: '130101', code: 'NOTE_SOUR', position: 2 }]);
    expect(await ledgers.checkpoint('130101', 'refused')).toMatchObject({ position: 5, error_code: null });
  });

  it.each(['BEHIND', 'VERSION_CONFLICT', 'TENANT_UNKNOWN'])('tries again after %s, and loses nothing', async (code) => {
    const tenant = { BEHIND: '140101', VERSION_CONFLICT: '140102', TENANT_UNKNOWN: '140103' }[code] ?? '';
    await ledgers.open(tenant);
    await ledgers.ring(tenant, 'do', 'late', 're');
    const process = echoOf(`passing-${tenant}`, tenant);
    await ledgers.runner(refusing('late', code)).catchUp(process);
    expect(await ledgers.heard(tenant)).toEqual(['do']);
    expect(await ledgers.checkpoint(tenant, process.name)).toEqual({ position: 1, error_code: code, attempts: 1 });

    await ledgers.waited(tenant);
    await ledgers.runner(ledgers.echo).catchUp(process);
    expect(await ledgers.heard(tenant)).toEqual(['do', 'late', 're']);
    expect(await ledgers.checkpoint(tenant, process.name)).toMatchObject({ error_code: null, attempts: 0 });
  });

  it('lets no tenant wait for another that fails, however often that one was tried', async () => {
    await ledgers.open('150101', '150102', '150103');
    await ledgers.ring('150101', 'poison');
    await ledgers.ring('150102', 'do');
    await ledgers.ring('150103', 're');
    const reading: SoundProcess = {
      name: 'poisoned',
      on: {
        BellRung: (event) => {
          if (event.data.note === 'poison') throw new Error('This cannot be read.');
          return echoOf('poisoned', '15').on.BellRung?.(event) ?? [];
        },
      },
    };
    await ledgers.runner(ledgers.echo).catchUp(reading);
    expect(await ledgers.heard('150102')).toEqual(['do']);
    expect(await ledgers.heard('150103')).toEqual(['re']);
    expect(await ledgers.checkpoint('150101', 'poisoned')).toMatchObject({ position: 0, error_code: 'PROCESS_FAILED' });

    await ledgers.owner.query(`UPDATE process.checkpoint SET attempts = 100000 WHERE tenant_id = '150101'`);
    await ledgers.waited('150101');
    await ledgers.runner(ledgers.echo).catchUp(reading);
    expect(await ledgers.checkpoint('150101', 'poisoned')).toMatchObject({ attempts: 100_001 });
  });

  it('stops a tenant whose event no upcast can read, and reads old types as new ones', async () => {
    await ledgers.open('160101', '160102');
    await ledgers.ring('160101', 'do');
    await ledgers.ring('160102', 'old');
    const upcasts = {
      BellRung: {
        1: (bell: Record<string, unknown>) => {
          if (bell['note'] === 'do') throw new Error('Nobody knows what this was.');
          return { note: 'new' };
        },
      },
    };
    await ledgers.runner(ledgers.echo, { upcasts }).catchUp(echoOf('upcasting', '16'));
    expect(await ledgers.heard('160102')).toEqual(['new']);
    expect(await ledgers.checkpoint('160101', 'upcasting')).toMatchObject({ error_code: 'PROCESS_FAILED' });
  });

  it('is run by several runners at once, and each event is reacted to once', async () => {
    const counties = ['210101', '210102', '210103', '210104'];
    await ledgers.open(...counties);
    for (const county of counties) await ledgers.ring(county, 'do', 're');
    const [first, second] = [ledgers.runner(ledgers.echo), ledgers.runner(ledgers.echo)];
    const process = echoOf('shared', '21');
    await Promise.all([first.catchUp(process), second.catchUp(process)]);
    for (const county of counties) expect(await ledgers.heard(county)).toEqual(['do', 're']);
  });

  it('passes by the tenants that another runner holds', async () => {
    await ledgers.open('220101', '220102');
    await ledgers.ring('220101', 'do');
    await ledgers.ring('220102', 're');
    const process = echoOf('held', '22');
    await ledgers.owner.query(`INSERT INTO process.checkpoint (tenant_id, process) VALUES ('220101', 'held')`);
    await ledgers.owner.query('BEGIN');
    await ledgers.owner.query(`SELECT FROM process.checkpoint WHERE tenant_id = '220101' FOR UPDATE`);
    await ledgers.runner(ledgers.echo).catchUp(process);
    await ledgers.owner.query('COMMIT');
    expect(await ledgers.heard('220101')).toEqual([]);
    expect(await ledgers.heard('220102')).toEqual(['re']);
  });

  it('serves the tenant first that has waited longest', async () => {
    await ledgers.open('230101', '230102');
    const served: string[] = [];
    const runner = ledgers.runner(async (command) => served.push((command as Echo).tenant));
    const process = echoOf('fair', '23');
    await ledgers.ring('230101', 'do');
    await runner.catchUp(process);
    await ledgers.ring('230101', 're');
    await ledgers.ring('230102', 'mi');
    await runner.catchUp(process);
    expect(served).toEqual(['230101', '230102', '230101']);
  });

  it('that is new reacts to what had happened before it', async () => {
    await ledgers.open('310101');
    await ledgers.ring('310101', 'long ago');
    await ledgers.runner(ledgers.echo).catchUp(echoOf('first', '310101'));
    await ledgers.runner(ledgers.echo).catchUp(echoOf('later', '310101'));
    expect(await ledgers.heard('310101')).toEqual(['long ago', 'long ago']);
  });

  it('ends after the event at hand when it is stopped', async () => {
    await ledgers.open('320101');
    await ledgers.ring('320101', 'do', 're', 'mi');
    const process = echoOf('stopped', '320101');
    let stopped: Promise<void> | undefined;
    const begun = new Promise<void>((begin) => {
      const runner = ledgers.runner(async (command) => {
        await ledgers.echo(command);
        if (command instanceof Echo && command.note === 'do') {
          stopped = runner.stop();
          begin();
        }
      });
      runner.start([process]);
    });
    await begun;
    await stopped;
    expect(await ledgers.heard('320101')).toEqual(['do']);
    expect(await ledgers.checkpoint('320101', 'stopped')).toMatchObject({ position: 1, error_code: null });
  });
});

const refusing = (note: string, code: string) => async (command: Command<unknown>) => {
  if (command instanceof Echo && command.note === note) throw new RuleViolation(code, 'This is not taken.');
  await ledgers.echo(command);
};

/** What a power cut does: the runner's connection is gone, and so is its transaction. */
async function killRunners(): Promise<void> {
  await ledgers.owner.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE usename = 'junheng_projector' AND datname = current_database() AND state = 'idle in transaction'`);
}
