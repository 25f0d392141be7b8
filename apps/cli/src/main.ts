import { Command } from 'commander';
import { upCommand } from './up.command.js';

const program = new Command('junheng').description('Supervision of balanced compulsory education (均衡)');
upCommand(program);
// `up` is what people wait for, so it does not load what the other commands work with.
if (process.argv[2] !== 'up') {
  const [{ migrateCommand }, { assessCommand }, { returnsCommands }, { viewsCommands }] = await Promise.all([
    import('./migrate.command.js'),
    import('./assess.command.js'),
    import('./returns.command.js'),
    import('./views.command.js'),
  ]);
  for (const add of [migrateCommand, assessCommand, returnsCommands, viewsCommands]) add(program);
}

try {
  await program.parseAsync();
} catch (error) {
  console.error(`junheng: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
