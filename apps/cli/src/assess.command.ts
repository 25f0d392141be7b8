import { RuleViolation } from '@junheng/kernel';
import type { Stage } from '@junheng/register-contract';
import { builtInStandards } from '@junheng/standards';
import type { Command } from 'commander';
import { assess } from './assess.js';
import { report } from './assess-report.js';

interface Options {
  readonly standard: string;
  readonly stage?: string;
  readonly shortfalls?: string;
  readonly condition: readonly string[];
  readonly json?: boolean;
}

const BAD_INPUT = 2;

export function assessCommand(program: Command): void {
  const known = builtInStandards.map(({ id }) => id).join(', ');
  program
    .command('assess')
    .description('Assess the schools of a file (xlsx or csv) under a standard, without any server.')
    .argument('<file>', 'schools with their figures, or published means and coefficients of counties')
    .requiredOption('--standard <id>', `${known}, or a .json file with a standard`)
    .option('--stage <stage>', 'primary or junior only')
    .option('--shortfalls <file>', 'what the county found lacking: school, item, unit, gap')
    .option(
      '--condition <id=value>',
      'a figure of the county, such as work-score=88; may be repeated',
      (text: string, earlier: readonly string[]) => [...earlier, text],
      [],
    )
    .option('--json', 'print a JSON document')
    .action(async (file: string, options: Options) => {
      try {
        console.log(await run(file, options));
      } catch (error) {
        if (!(error instanceof RuleViolation)) throw error;
        const remedy = error.details.remedy === undefined ? '' : `\n${error.details.remedy}`;
        console.error(`${file}: ${error.message} [${error.code}]${remedy}`);
        process.exitCode = BAD_INPUT;
      }
    });
}

async function run(
  file: string,
  { standard: id, stage, shortfalls, condition: conditions, json }: Options,
): Promise<string> {
  const { document, standard } = await assess({
    file,
    standard: id,
    conditions: conditions.reduce(withCondition, {}),
    ...(stage === undefined ? {} : { stage: stageOf(stage) }),
    ...(shortfalls === undefined ? {} : { shortfalls }),
  });
  return json ? JSON.stringify(document, null, 2) : report(document, standard);
}

function stageOf(stage: string): Stage {
  if (stage === 'primary' || stage === '小学') return 'primary';
  if (stage === 'junior' || stage === '初中') return 'junior';
  throw new RuleViolation('STAGE_UNKNOWN', `"${stage}" is neither primary nor junior.`, { where: '--stage' });
}

function withCondition(
  earlier: Readonly<Record<string, string | boolean>>,
  text: string,
): Readonly<Record<string, string | boolean>> {
  const [id = '', value = ''] = text.split('=');
  if (value === 'true' || value === 'false') return { ...earlier, [id]: value === 'true' };
  if (!/^\d+(\.\d+)?$/.test(value)) {
    throw new RuleViolation('CONDITION_VALUE_INVALID', `"${text}" is not like work-score=88 or desks=true.`, {
      where: '--condition',
    });
  }
  return { ...earlier, [id]: value };
}
