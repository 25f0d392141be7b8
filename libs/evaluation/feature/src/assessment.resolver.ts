import type { Who } from '@junheng/event-store';
import { Caller } from '@junheng/service';
import { QueryBus } from '@nestjs/cqrs';
import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CountyResult, CountyResultPage, CvChange, SchoolGapPage, SchoolResultPage } from './assessment.answer.js';
import { CompareCounties, CompareCountiesArgs } from './compare-counties.query.js';
import { CountyBoard, CountyBoardArgs } from './county-board.query.js';
import { cvMoves } from './cv-change.formula.js';
import { Gaps, GapsArgs } from './gaps.query.js';
import { SchoolAssessments, SchoolAssessmentsArgs } from './school-assessments.query.js';

@Resolver()
export class AssessmentResolver {
  constructor(private readonly queries: QueryBus) {}

  @Query(() => CountyResultPage, { description: 'Counties side by side under one standard.' })
  compareCounties(@Args() args: CompareCountiesArgs, @Caller() who: Who) {
    return this.queries.execute(new CompareCounties(args, who.scope));
  }

  @Query(() => [CountyResult], { description: 'One county under every standard it has adopted.' })
  countyBoard(@Args() args: CountyBoardArgs, @Caller() who: Who) {
    return this.queries.execute(new CountyBoard(args, who.scope));
  }

  @Query(() => SchoolResultPage, { description: 'Values, verdicts and gaps of a county’s schools.' })
  schoolAssessments(@Args() args: SchoolAssessmentsArgs, @Caller() who: Who) {
    return this.queries.execute(new SchoolAssessments(args, who.scope));
  }

  @Query(() => SchoolGapPage, { description: 'What the schools of a county lack (差距清单), in natural units.' })
  gaps(@Args() args: GapsArgs, @Caller() who: Who) {
    return this.queries.execute(new Gaps(args, who.scope));
  }
}

@Resolver(() => CountyResult)
export class CountyResultResolver {
  @ResolveField(() => [CvChange], { description: 'Year on year; empty when the year before was not evaluated.' })
  changes(@Parent() { stages, previousStages }: CountyResult) {
    return cvMoves(stages, previousStages);
  }
}
