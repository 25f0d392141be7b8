import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AdoptionHandler } from './adoption.handler.js';
import { AssessmentResolver, CountyResultResolver } from './assessment.resolver.js';
import { CompareCountiesHandler } from './compare-counties.query.js';
import { CountyBoardHandler } from './county-board.query.js';
import { EvaluationResolver } from './evaluation.resolver.js';
import { CountyConditionHandler, ShortfallHandler } from './finding.handler.js';
import { GapsHandler } from './gaps.query.js';
import { SchoolAssessmentsHandler } from './school-assessments.query.js';
import { StandardHandler } from './standard.handler.js';
import { StandardLibrary } from './standard-library.js';
import { AdoptedStandardsHandler, StandardsHandler } from './standard-list.query.js';

/** Needs `EventStore` and `TenantTransaction` from a global module. */
@Module({
  imports: [CqrsModule],
  providers: [
    StandardLibrary,
    ...[StandardHandler, AdoptionHandler, ShortfallHandler, CountyConditionHandler],
    ...[
      CompareCountiesHandler,
      CountyBoardHandler,
      SchoolAssessmentsHandler,
      GapsHandler,
      StandardsHandler,
      AdoptedStandardsHandler,
    ],
    ...[AssessmentResolver, CountyResultResolver, EvaluationResolver],
  ],
})
export class EvaluationModule {}
