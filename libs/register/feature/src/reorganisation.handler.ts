import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { decision, EventStore, type Receipt, type Who } from '@junheng/event-store';
import { type Reorganisation, school as rules, steps } from '@junheng/register-domain';
import { claimsOf } from './school.handler.js';

/** Several schools of one county at once: merged or divided, all or nothing. */
export class OnSchools extends Command<readonly Receipt[]> {
  constructor(
    readonly commandId: string,
    readonly reorganisation: Reorganisation,
    readonly who: Who,
  ) {
    super();
  }
}

@CommandHandler(OnSchools)
export class ReorganisationHandler implements ICommandHandler<OnSchools> {
  constructor(private readonly store: EventStore) {}

  // Async, so that a refusal of `steps` is a refused promise like every other.
  async execute({ commandId, reorganisation, who }: OnSchools): Promise<readonly Receipt[]> {
    const decisions = steps(reorganisation).map(({ school, command }) =>
      decision(rules, 'school', school, command, undefined, claimsOf(school, command)),
    );
    return this.store.handleAll(reorganisation.county, decisions, who, commandId);
  }
}
