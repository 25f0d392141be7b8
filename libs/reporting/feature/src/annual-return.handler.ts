import { EventStore, type Receipt, type Who } from '@junheng/event-store';
import { annualReturn, type AnnualReturnCommand } from '@junheng/reporting-domain';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { withContext } from './looked-up.js';
import { ReturnContexts, returnId, type ReturnKey } from './return-context.js';

type WithoutContext<C> = C extends unknown ? Omit<C, 'context' | 'school' | 'schoolYear'> : never;

/** What a caller may ask of a return; the handler adds what must be looked up. */
export type ReturnWish = WithoutContext<AnnualReturnCommand>;

export interface ReturnTarget extends ReturnKey {
  readonly commandId: string;
  readonly expectedVersion?: number;
}

export class OnAnnualReturn extends Command<Receipt> {
  constructor(
    readonly target: ReturnTarget,
    readonly wish: ReturnWish,
    readonly who: Who,
  ) {
    super();
  }
}

@CommandHandler(OnAnnualReturn)
export class AnnualReturnHandler implements ICommandHandler<OnAnnualReturn> {
  constructor(
    private readonly store: EventStore,
    private readonly contexts: ReturnContexts,
  ) {}

  async execute({ target, wish, who }: OnAnnualReturn): Promise<Receipt> {
    const { county: tenant, school, schoolYear, ...options } = target;
    const context = await this.contexts.of(target, wish.type);
    const command = withContext({ ...wish, school, schoolYear }, context) as AnnualReturnCommand;
    const id = returnId(target);
    return this.store.handle(annualReturn, { ...options, tenant, category: 'annualReturn', id, command, who });
  }
}
