import { Command } from 'commander';
import { assessCommand } from './assess.command.js';
import { migrateCommand } from './migrate.command.js';
import { returnsCommands } from './returns.command.js';
import { upCommand } from './up.command.js';
import { viewsCommands } from './views.command.js';

const program = new Command('junheng').description('Supervision of balanced compulsory education (均衡)');
for (const add of [upCommand, migrateCommand, assessCommand, returnsCommands, viewsCommands]) add(program);

try {
  await program.parseAsync();
} catch (error) {
  console.error(`junheng: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
