import {
  countyCondition,
  type RecordCountyCondition,
  type RecordShortfalls,
  shortfall,
} from '@junheng/evaluation-domain';
import { EventStore, type Receipt, type Who } from '@junheng/event-store';
import { TenantTransaction } from '@junheng/service';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AdoptedStandard, versionFor } from './adopted-standard.projection.js';

export interface FindingTarget {
  readonly county: string;
  readonly commandId: string;
  readonly expectedVersion?: number;
}

export class OnShortfall extends Command<Receipt> {
  constructor(
    readonly target: FindingTarget,
    readonly command: RecordShortfalls,
    readonly who: Who,
  ) {
    super();
  }
}

@CommandHandler(OnShortfall)
export class ShortfallHandler implements ICommandHandler<OnShortfall> {
  constructor(private readonly store: EventStore) {}

  execute({ target: { county, ...options }, command, who }: OnShortfall): Promise<Receipt> {
    const id = `${command.school}-${command.schoolYear}`;
    return this.store.handle(shortfall, { ...options, tenant: county, category: 'shortfall', id, command, who });
  }
}

export class OnCountyCondition extends Command<Receipt> {
  constructor(
    readonly target: FindingTarget,
    readonly command: RecordCountyCondition,
    readonly who: Who,
  ) {
    super();
  }
}

@CommandHandler(OnCountyCondition)
export class CountyConditionHandler implements ICommandHandler<OnCountyCondition> {
  constructor(
    private readonly store: EventStore,
    private readonly transaction: TenantTransaction,
  ) {}

  async execute({ target: { county, ...options }, command: stated, who }: OnCountyCondition): Promise<Receipt> {
    const id = String(stated.schoolYear);
    const most = await this.mostOf(county, stated);
    const command = most === null ? stated : { ...stated, most };
    return this.store.handle(countyCondition, { ...options, tenant: county, category: 'condition', id, command, who });
  }

  /** The most that the figure can be by the standards in force: a share above the whole is a mistake, not a success. */
  private async mostOf(
    county: string,
    { schoolYear, condition }: Pick<RecordCountyCondition, 'schoolYear' | 'condition'>,
  ): Promise<string | null> {
    const adopted = await this.transaction.run({ region: county }, (manager) =>
      manager.findBy(AdoptedStandard, { tenant_id: county }),
    );
    const checks = adopted
      .flatMap((standard) => versionFor(schoolYear, standard)?.content.conditions ?? [])
      .flatMap(({ id, check }) => (id === condition && check.kind === 'figure' ? [check.most] : []));
    return checks.find((most) => most !== null) ?? null;
  }
}
