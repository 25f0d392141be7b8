import { standardAdoption, type StandardAdoptionCommand } from '@junheng/evaluation-domain';
import { EventStore, type Receipt, type Who } from '@junheng/event-store';
import { RuleViolation } from '@junheng/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { hashOf } from './standard.handler.js';
import { StandardLibrary } from './standard-library.js';

export interface AdoptionTarget {
  readonly county: string;
  readonly standard: string;
  readonly commandId: string;
  readonly expectedVersion?: number;
}

type Adopt = Extract<StandardAdoptionCommand, { type: 'AdoptStandard' }>;

/** What a county says; the content is looked up, so that nobody adopts a text of their own making. */
export type AdoptionWish =
  | Pick<Adopt, 'type' | 'version' | 'fromSchoolYear'>
  | Pick<Extract<StandardAdoptionCommand, { type: 'EndStandardAdoption' }>, 'type' | 'untilSchoolYear'>;

export class OnAdoption extends Command<Receipt> {
  constructor(
    readonly target: AdoptionTarget,
    readonly wish: AdoptionWish,
    readonly who: Who,
  ) {
    super();
  }
}

@CommandHandler(OnAdoption)
export class AdoptionHandler implements ICommandHandler<OnAdoption> {
  constructor(
    private readonly store: EventStore,
    private readonly library: StandardLibrary,
  ) {}

  async execute({ target: { county, standard, ...options }, wish, who }: OnAdoption): Promise<Receipt> {
    return this.store.handle(standardAdoption, {
      ...options,
      tenant: county,
      category: 'adoption',
      id: standard,
      command: wish.type === 'AdoptStandard' ? await this.#adoption(county, standard, wish) : { ...wish, standard },
      who,
    });
  }

  async #adoption(
    county: string,
    standard: string,
    { version, fromSchoolYear }: Pick<Adopt, 'version' | 'fromSchoolYear'>,
  ): Promise<Adopt> {
    const content = await this.library.find(county, standard, version);
    if (!content) {
      throw new RuleViolation('STANDARD_UNKNOWN', `No standard "${standard}" version ${version} is published here.`, {
        where: 'standard',
        remedy: 'Choose one that the query `standards` lists for this county.',
      });
    }
    const hash = hashOf(content);
    return { type: 'AdoptStandard', standard, version, hash, content, fromSchoolYear, county };
  }
}
