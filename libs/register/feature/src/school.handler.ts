import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Claim, EventStore, type Receipt, type Who } from '@junheng/event-store';
import { RuleViolation } from '@junheng/kernel';
import type { RegionCode, SchoolCode } from '@junheng/register-contract';
import { isCountyCode, school, type SchoolCommand } from '@junheng/register-domain';

export interface SchoolTarget {
  readonly county: RegionCode;
  readonly school: SchoolCode;
  readonly commandId: string;
  readonly expectedVersion?: number;
}

export class OnSchool extends Command<Receipt> {
  constructor(
    readonly target: SchoolTarget,
    readonly command: SchoolCommand,
    readonly who: Who,
  ) {
    super();
  }
}

@CommandHandler(OnSchool)
export class SchoolHandler implements ICommandHandler<OnSchool> {
  constructor(private readonly store: EventStore) {}

  async execute({ target: { county, school: code, ...options }, command, who }: OnSchool): Promise<Receipt> {
    if (command.type === 'MoveSchoolOut') await this.demandLedger(command.to);
    const claims = claimsOf(code, command);
    return this.store.handle(school, {
      ...options,
      tenant: county,
      category: 'school',
      id: code,
      command,
      who,
      claims,
    });
  }

  /** The school would leave one register and never reach another. */
  private async demandLedger(county: RegionCode): Promise<void> {
    if (isCountyCode(county) && (await this.store.head(county)) !== undefined) return;
    throw new RuleViolation('COUNTY_UNKNOWN', `No county is registered under ${county}.`, {
      where: 'to',
      remedy: 'Register the county first, or check the code.',
    });
  }
}

/** A code belongs to one school of the whole country and is never released; a school that moves takes it along. */
export function claimsOf(code: SchoolCode, command: SchoolCommand): readonly Claim[] {
  if (command.type === 'RegisterSchool') return [{ namespace: 'school-code', key: code }];
  if (command.type === 'MoveSchoolIn') return [{ namespace: 'school-code', key: code, takenFrom: command.from }];
  return [];
}
