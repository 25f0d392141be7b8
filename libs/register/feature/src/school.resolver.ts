import { CommandBus } from '@nestjs/cqrs';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { type Who } from '@junheng/event-store';
import { Caller, Receipt } from '@junheng/service';
import {
  AssignSchoolToClusterInput,
  CloseSchoolInput,
  MoveSchoolInput,
  ReclassifySchoolInput,
  RegisterSchoolInput,
  RenameSchoolInput,
  ReopenSchoolInput,
  SchoolTargetArgs,
} from './school.args.js';
import { OnSchool } from './school.handler.js';
import { stated } from './stated.js';

@Resolver()
export class SchoolResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => Receipt)
  registerSchool(
    @Args() args: SchoolTargetArgs,
    @Args('input') input: RegisterSchoolInput,
    @Caller() who: Who,
  ): Promise<Receipt> {
    const { county, school } = args;
    const command = { cluster: null, ...stated(input), type: 'RegisterSchool', county, school } as const;
    return this.commands.execute(new OnSchool(target(args), command, who));
  }

  @Mutation(() => Receipt)
  renameSchool(
    @Args() args: SchoolTargetArgs,
    @Args('input') input: RenameSchoolInput,
    @Caller() who: Who,
  ): Promise<Receipt> {
    return this.commands.execute(new OnSchool(target(args), { ...input, type: 'RenameSchool' }, who));
  }

  @Mutation(() => Receipt, { description: 'Changes type, sponsor or setting; a new category needs a new code' })
  reclassifySchool(
    @Args() args: SchoolTargetArgs,
    @Args('input') input: ReclassifySchoolInput,
    @Caller() who: Who,
  ): Promise<Receipt> {
    return this.commands.execute(new OnSchool(target(args), { ...stated(input), type: 'ReclassifySchool' }, who));
  }

  @Mutation(() => Receipt)
  assignSchoolToCluster(
    @Args() args: SchoolTargetArgs,
    @Args('input') { cluster = null, effectiveOn }: AssignSchoolToClusterInput,
    @Caller() who: Who,
  ): Promise<Receipt> {
    const command = { type: 'AssignSchoolToCluster', cluster, effectiveOn } as const;
    return this.commands.execute(new OnSchool(target(args), command, who));
  }

  @Mutation(() => Receipt, { description: 'Hands the school over to another county, where it appears a moment later' })
  moveSchool(
    @Args() args: SchoolTargetArgs,
    @Args('input') input: MoveSchoolInput,
    @Caller() who: Who,
  ): Promise<Receipt> {
    const command = { ...input, type: 'MoveSchoolOut', from: args.county } as const;
    return this.commands.execute(new OnSchool(target(args), command, who));
  }

  @Mutation(() => Receipt)
  closeSchool(
    @Args() args: SchoolTargetArgs,
    @Args('input') input: CloseSchoolInput,
    @Caller() who: Who,
  ): Promise<Receipt> {
    return this.commands.execute(new OnSchool(target(args), { ...input, type: 'CloseSchool' }, who));
  }

  @Mutation(() => Receipt, { description: 'Reopens a school under its old code' })
  reopenSchool(
    @Args() args: SchoolTargetArgs,
    @Args('input') input: ReopenSchoolInput,
    @Caller() who: Who,
  ): Promise<Receipt> {
    return this.commands.execute(new OnSchool(target(args), { ...input, type: 'ReopenSchool' }, who));
  }
}

/** The arguments of an operation hold its input too, which is no part of the target. */
function target({ county, school, commandId, expectedVersion }: SchoolTargetArgs) {
  return { county, school, commandId, ...stated({ expectedVersion }) };
}
