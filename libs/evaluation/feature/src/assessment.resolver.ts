import type { Who } from '@junheng/event-store';
import { Caller } from '@junheng/service';
import { QueryBus } from '@nestjs/cqrs';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { CountyResult, CountyResultPage, SchoolResultPage } from './assessment.answer.js';
import { CompareCounties, CompareCountiesArgs } from './compare-counties.query.js';
import { CountyBoard, CountyBoardArgs } from './county-board.query.js';
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
}
