import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { RegionHandler } from './region.handler.js';
import { RegionOfHandler, RegionsHandler } from './region.query.js';
import { RegionResolver } from './region.resolver.js';
import { ReorganisationHandler } from './reorganisation.handler.js';
import { SchoolHandler } from './school.handler.js';
import { SchoolOfHandler, SchoolsHandler } from './school.query.js';
import { SchoolResolver } from './school.resolver.js';
import { SchoolsResolver } from './schools.resolver.js';

/** Needs `EventStore` and `TenantTransaction` from a global module. */
@Module({
  imports: [CqrsModule],
  providers: [
    ...[RegionHandler, SchoolHandler, ReorganisationHandler],
    ...[RegionsHandler, RegionOfHandler, SchoolsHandler, SchoolOfHandler],
    ...[RegionResolver, SchoolResolver, SchoolsResolver],
  ],
})
export class RegisterModule {}
