import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { EventStore, type Receipt, type Who } from '@junheng/event-store';
import { region, type RegionCommand } from '@junheng/register-domain';
import type { RegionCode } from '@junheng/register-contract';

export interface RegionTarget {
  readonly region: RegionCode;
  readonly commandId: string;
  readonly expectedVersion?: number;
}

export class OnRegion extends Command<Receipt> {
  constructor(
    readonly target: RegionTarget,
    readonly command: RegionCommand,
    readonly who: Who,
  ) {
    super();
  }
}

@CommandHandler(OnRegion)
export class RegionHandler implements ICommandHandler<OnRegion> {
  constructor(private readonly store: EventStore) {}

  async execute({ target: { region: code, ...options }, command, who }: OnRegion): Promise<Receipt> {
    if (command.type === 'RegisterRegion') {
      // A region has a ledger of its own, and one that can never be registered leaves none behind.
      region.decide(command, region.initial);
      await this.store.openTenants([code]);
    }
    return this.store.handle(region, { ...options, tenant: code, category: 'region', id: code, command, who });
  }
}
