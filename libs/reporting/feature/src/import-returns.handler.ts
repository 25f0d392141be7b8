import { readReturns, readTable } from '@junheng/documents';
import { EventStore, type Who } from '@junheng/event-store';
import { RuleViolation } from '@junheng/kernel';
import type { Form } from '@junheng/reporting-contract';
import { campaign, campaignId } from '@junheng/reporting-domain';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { OnAnnualReturn } from './annual-return.handler.js';
import { derivedId } from './derived-id.js';
import type { ImportedRow, ImportReport } from './import.answer.js';
import { ImportPlans, type PlannedRow, problemIn, refused } from './import-plan.js';

@ArgsType()
export class ImportReturnsArgs {
  @Field(() => ID) county!: string;
  @Field(() => Int) schoolYear!: number;
  @Field(() => ID) commandId!: string;
}

@InputType()
export class ImportReturnsInput {
  @Field() fileName!: string;
  @Field({ description: 'The xlsx or CSV file in base64' }) content!: string;
  @Field(() => Boolean, { defaultValue: true }) dryRun!: boolean;
}

interface ImportTarget {
  readonly county: string;
  readonly schoolYear: number;
  readonly commandId: string;
}

export class ImportReturns extends Command<ImportReport> {
  constructor(
    readonly target: ImportTarget,
    readonly file: { readonly name: string; readonly content: string; readonly dryRun: boolean },
    readonly who: Who,
  ) {
    super();
  }
}

const AT_ONCE = 16;

/** Reads the file, decides what each row would change, and unless it is a dry run sends just those commands. */
@CommandHandler(ImportReturns)
export class ImportReturnsHandler implements ICommandHandler<ImportReturns> {
  constructor(
    private readonly store: EventStore,
    private readonly plans: ImportPlans,
    private readonly commands: CommandBus,
  ) {}

  async execute({ target, file, who }: ImportReturns): Promise<ImportReport> {
    const form = await this.form(target);
    const source = { name: file.name, content: Buffer.from(file.content, 'base64') };
    const { rows: read, errors } = readReturns(form, await readTable(source));
    const rows: ImportedRow[] = [];
    let position: number | null = null;
    for (let start = 0; start < read.length; start += AT_ONCE) {
      const some = await Promise.all(
        read.slice(start, start + AT_ONCE).map(async (row) => {
          const planned = await this.plans.of(target, form, row, who);
          return file.dryRun ? { row: planned, position: 0 } : this.apply(target, planned, who);
        }),
      );
      rows.push(...some.map(({ row: { sections: _, ...row } }) => row));
      position = Math.max(position ?? 0, ...some.map((each) => each.position)) || null;
    }
    const saved = rows.filter((row) => row.saved).length;
    return { dryRun: file.dryRun, rows, errors: errors.map(problemIn), saved, position };
  }

  private async form({ county, schoolYear }: ImportTarget): Promise<Form> {
    const id = campaignId(schoolYear);
    const { state } = await this.store.load(campaign, county, 'campaign', id, { region: county });
    if (state.status !== 'absent') return state.form.content;
    throw new RuleViolation('CAMPAIGN_NOT_OPEN', 'No campaign has been opened for this school year.', {
      where: 'schoolYear',
      remedy: 'The county or the province opens the campaign first.',
    });
  }

  private async apply({ commandId, ...of }: ImportTarget, row: PlannedRow, who: Who) {
    if (row.errors.length > 0) return { row, position: 0 };
    let position = 0;
    try {
      for (const { section, figures } of row.sections) {
        const target = { ...of, school: row.school, commandId: derivedId(commandId, `${row.school}/${section}`) };
        const wish = { type: 'SaveSection', section, figures } as const;
        position = (await this.commands.execute(new OnAnnualReturn(target, wish, who))).position;
      }
    } catch (error) {
      return { row: { ...row, errors: [refused(error)] }, position };
    }
    return { row: { ...row, saved: row.sections.length > 0 }, position };
  }
}
