import { createHash } from 'node:crypto';
import { type PublishStandard, standardPublication } from '@junheng/evaluation-domain';
import { EventStore, type Receipt, type Who } from '@junheng/event-store';
import { RuleViolation } from '@junheng/kernel';
import { contentHash, parseStandard } from '@junheng/standards';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { StandardLibrary } from './standard-library.js';

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

/** Digits that tell a region from the one above it. */
const REGION_DIGITS = 2;

@CommandHandler(OnStandard)
export class StandardHandler implements ICommandHandler<OnStandard> {
  constructor(
    private readonly store: EventStore,
    private readonly library: StandardLibrary,
  ) {}

  async execute({ target: { region, standard, ...options }, command, who }: OnStandard): Promise<Receipt> {
    await this.#demandUntaken(region, standard, command.content);
    return this.store.handle(standardPublication, {
      ...options,
      tenant: region,
      category: 'standard',
      id: standard,
      command: { ...command, hash: hashOf(command.content) },
      who,
    });
  }

  /** Counties below would not know which of two texts a version means. */
  async #demandUntaken(region: string, standard: string, content: unknown): Promise<void> {
    const { version } = parseStandard(content);
    const known = await this.library.find(region.slice(0, -REGION_DIGITS), standard, version);
    if (known === undefined || hashOf(known) === hashOf(content)) return;
    throw new RuleViolation('STANDARD_VERSION_EXISTS', `Version ${version} is published for a wider region.`, {
      where: 'content.version',
      lockedBy: known.region === '' ? 'national standard' : `publication by ${known.region}`,
      remedy: 'Give the changed content a version, or an id, of its own.',
    });
  }
}
