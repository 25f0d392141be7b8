import {
  countyCondition,
  type RecordCountyCondition,
  type RecordShortfalls,
  shortfall,
} from '@junheng/evaluation-domain';
import { EventStore, type Receipt, type Who } from '@junheng/event-store';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';

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
  constructor(private readonly store: EventStore) {}

  execute({ target: { county, ...options }, command, who }: OnCountyCondition): Promise<Receipt> {
    const id = String(command.schoolYear);
    return this.store.handle(countyCondition, { ...options, tenant: county, category: 'condition', id, command, who });
  }
}
