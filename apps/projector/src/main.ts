import { once } from 'node:events';
import { ProcessRunner } from '@junheng/processes';
import { catalogue, openCommandSide, processes } from '@junheng/product';
import { createLog, Readiness, shutdownOnSignal } from '@junheng/service';
import { Projector } from '@junheng/views';
import pg from 'pg';
import { operationServer } from './operation-server.js';
import { projectorConfig } from './projector.config.js';
import { ProjectorMetrics } from './projector-metrics.js';

const config = projectorConfig();
const log = createLog('projector', config.LOG_LEVEL);
const metrics = new ProjectorMetrics();
const pool = new pg.Pool({
  connectionString: config.DATABASE_URL,
  max: 2 * config.LANES + 2 + processes.length,
  application_name: 'junheng-projector',
});
const projector = await Projector.of(pool, catalogue, {
  lanes: config.LANES,
  observer: {
    folded: (pass) => metrics.folded(pass),
    wentLive: (generation) => log.info({ generation }, 'a generation went live'),
    dropped: (generations) => log.info({ generations }, 'old generations dropped'),
    failed: (error) => {
      metrics.failed();
      log.error({ err: error }, 'a round of folding failed');
    },
  },
});
metrics.watch(projector);
projector.start();

const side = await openCommandSide(config.APP_DATABASE_URL);
const runner = new ProcessRunner(pool, (command) => side.commands.execute(command), {
  alarm: (trouble) => log.warn(trouble, 'a process could not carry out a command'),
});
runner.start(processes);

const readiness = new Readiness([
  { name: 'database', check: async () => pool.query('SELECT 1').then(() => 'ok') },
  {
    name: 'views',
    check: async () => ((await projector.lag()).some(({ stopped }) => stopped !== undefined) ? 'degraded' : 'ok'),
  },
]);
const server = operationServer(readiness, metrics.registry);
shutdownOnSignal(
  [
    { name: 'processes', end: () => runner.stop() },
    { name: 'views', end: () => projector.stop() },
    { name: 'commands', end: () => side.close() },
    { name: 'http', end: () => void server.close() },
    { name: 'database', end: () => pool.end() },
  ],
  config.SHUTDOWN_TIMEOUT_MS,
  log,
);
server.listen(config.PORT, config.HOST);
await once(server, 'listening');
log.info({ port: config.PORT }, 'folding');
