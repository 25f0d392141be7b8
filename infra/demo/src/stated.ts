import type {
  PublishStandard,
  RecordCountyCondition,
  RecordShortfalls,
  StandardAdoptionCommand,
} from '@junheng/evaluation-domain';
import type { RegionCommand, SchoolCommand } from '@junheng/register-domain';
import type { AnnualReturnCommand, CampaignCommand } from '@junheng/reporting-domain';

/** The context is looked up by the handler and no part of what is asked. */
type WithoutContext<Command> = Command extends unknown ? Omit<Command, 'context'> : never;

/** The commands that a plan sends, by the category of the stream that they go to. */
export interface Stated {
  readonly region: RegionCommand;
  readonly school: SchoolCommand;
  readonly campaign: WithoutContext<CampaignCommand>;
  readonly annualReturn: WithoutContext<AnnualReturnCommand>;
  readonly standard: PublishStandard;
  readonly adoption: StandardAdoptionCommand;
  readonly shortfall: RecordShortfalls;
  readonly condition: RecordCountyCondition;
}
