import type { Who } from '@junheng/event-store';
import { Caller, Receipt } from '@junheng/service';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { OnAdoption } from './adoption.handler.js';
import {
  AdoptStandardInput,
  conditionValue,
  CountyArgs,
  EndAdoptionInput,
  PublishStandardInput,
  RecordConditionInput,
  RecordShortfallsInput,
  RegionArgs,
} from './evaluation.args.js';
import { OnCountyCondition, OnShortfall } from './finding.handler.js';
import { AdoptedStandards, AdoptedStandardVersion, Standards, StandardVersion } from './standard-list.query.js';
import { OnStandard } from './standard.handler.js';

@Resolver()
export class EvaluationResolver {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Query(() => [StandardVersion], { description: 'What a region may adopt: national, built in, or published above.' })
  standards(@Args('region', { type: () => ID }) region: string) {
    return this.queries.execute(new Standards(region));
  }

  @Query(() => [AdoptedStandardVersion])
  adoptedStandards(@Args('county', { type: () => ID }) county: string, @Caller() who: Who) {
    return this.queries.execute(new AdoptedStandards(county, who.scope));
  }

  @Mutation(() => Receipt)
  publishStandard(
    @Args() { region, ...options }: RegionArgs,
    @Args('input') { standard, content }: PublishStandardInput,
    @Caller() who: Who,
  ) {
    const command = { type: 'PublishStandard', standard, region, content } as const;
    return this.commands.execute(new OnStandard({ ...options, region, standard }, command, who));
  }

  @Mutation(() => Receipt)
  adoptStandard(
    @Args() options: CountyArgs,
    @Args('input') { standard, ...wish }: AdoptStandardInput,
    @Caller() who: Who,
  ) {
    return this.commands.execute(new OnAdoption({ ...options, standard }, { type: 'AdoptStandard', ...wish }, who));
  }

  @Mutation(() => Receipt)
  endStandardAdoption(
    @Args() options: CountyArgs,
    @Args('input') { standard, ...wish }: EndAdoptionInput,
    @Caller() who: Who,
  ) {
    const ending = { type: 'EndStandardAdoption', ...wish } as const;
    return this.commands.execute(new OnAdoption({ ...options, standard }, ending, who));
  }

  @Mutation(() => Receipt, { description: 'What was found lacking on the spot, where no norm computes it.' })
  recordShortfalls(
    @Args() options: CountyArgs,
    @Args('school', { type: () => ID }) school: string,
    @Args('input') input: RecordShortfallsInput,
    @Caller() who: Who,
  ) {
    return this.commands.execute(new OnShortfall(options, { type: 'RecordShortfalls', school, ...input }, who));
  }

  @Mutation(() => Receipt, { description: 'What a standard asks of the county beside its schools’ figures.' })
  recordCountyCondition(
    @Args() options: CountyArgs,
    @Args('input') { figure, accepted, ...input }: RecordConditionInput,
    @Caller() who: Who,
  ) {
    const value = conditionValue(figure, accepted);
    const command = { type: 'RecordCountyCondition', value, ...input } as const;
    return this.commands.execute(new OnCountyCondition(options, command, who));
  }
}
