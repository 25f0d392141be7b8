import { createHash } from 'node:crypto';
import { type PublishStandard, standardPublication } from '@junheng/evaluation-domain';
import { EventStore, type Receipt, type Who } from '@junheng/event-store';
import { contentHash } from '@junheng/standards';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';

export interface StandardTarget {
  /** The region in whose ledger the standard is published. */
  readonly region: string;
  readonly standard: string;
  readonly commandId: string;
  readonly expectedVersion?: number;
}

/** SHA-256 of a standard's canonical JSON, in lower-case hex. */
export const hashOf = (content: unknown): string =>
  contentHash(content, (text) => createHash('sha256').update(text).digest('hex'));

export class OnStandard extends Command<Receipt> {
  constructor(
    readonly target: StandardTarget,
    readonly command: Omit<PublishStandard, 'hash'>,
    readonly who: Who,
  ) {
    super();
  }
}

@CommandHandler(OnStandard)
export class StandardHandler implements ICommandHandler<OnStandard> {
  constructor(private readonly store: EventStore) {}

  execute({ target: { region, standard, ...options }, command, who }: OnStandard): Promise<Receipt> {
    return this.store.handle(standardPublication, {
      ...options,
      tenant: region,
      category: 'standard',
      id: standard,
      command: { ...command, hash: hashOf(command.content) },
      who,
    });
  }
}
