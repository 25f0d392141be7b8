import type { Policy, PolicyRow, Role } from '@junheng/service';

const PROVINCE: readonly Role[] = ['province-supervisor'];
const COUNTY: readonly Role[] = ['county-admin'];
const COUNTY_STAFF: readonly Role[] = ['county-admin', 'county-officer'];
const SCHOOL: readonly Role[] = ['school-principal', 'school-reporter'];
const SUPERVISION: readonly Role[] = ['province-supervisor', 'city-reviewer', 'auditor'];

const to = (...roles: readonly (readonly Role[])[]): PolicyRow => ({ roles: roles.flat() });

const overCounties = to(SUPERVISION, COUNTY_STAFF);
const kept = (row: PolicyRow): PolicyRow => ({ ...row, kept: true });
const everybody = to(SUPERVISION, COUNTY_STAFF, SCHOOL);

/** Role × operation. Where: the caller's own region or school, unless a row says otherwise. What is absent is denied. */
export const policy: Policy = {
  'Query.regions': overCounties,
  'Query.region': everybody,
  'Query.schools': overCounties,
  'Query.school': everybody,
  'Query.compareCounties': kept(overCounties),
  'Query.countyBoard': kept(overCounties),
  'Query.schoolAssessments': kept(everybody),
  'Query.gaps': kept(everybody),
  'Query.standards': everybody,
  'Query.adoptedStandards': everybody,

  'Query.campaigns': everybody,
  'Query.campaignProgress': overCounties,
  'Query.returnForm': everybody,
  'Query.returns': overCounties,
  'Query.campaignFindings': overCounties,
  'Query.annualReturn': everybody,
  'Query.sealedReturns': overCounties,
  'Query.exportReturns': overCounties,
  'Subscription.campaignProgress': overCounties,

  'Mutation.registerRegion': to(PROVINCE),
  'Mutation.renameRegion': to(PROVINCE),
  'Mutation.moveRegion': to(PROVINCE),
  'Mutation.abolishRegion': to(PROVINCE),
  'Mutation.registerSchool': to(COUNTY),
  'Mutation.renameSchool': to(COUNTY),
  'Mutation.reclassifySchool': to(COUNTY),
  'Mutation.assignSchoolToCluster': to(COUNTY),
  'Mutation.mergeSchools': to(COUNTY),
  'Mutation.splitSchool': to(COUNTY),
  'Mutation.closeSchool': to(COUNTY),
  'Mutation.reopenSchool': to(COUNTY),
  // The receiving county is not asked, so somebody above both of them decides.
  'Mutation.moveSchool': to(PROVINCE, ['city-reviewer']),

  'Mutation.openCampaign': to(PROVINCE, COUNTY),
  'Mutation.moveDeadline': to(PROVINCE, COUNTY),
  'Mutation.closeCampaign': to(PROVINCE, COUNTY),
  'Mutation.sealSnapshot': to(COUNTY),
  'Mutation.saveSection': to(SCHOOL, COUNTY_STAFF),
  'Mutation.attachNote': to(SCHOOL, COUNTY_STAFF),
  'Mutation.submitReturn': to(['school-principal'], COUNTY),
  'Mutation.importReturns': to(COUNTY_STAFF),
  'Mutation.returnForCorrection': to(COUNTY_STAFF),
  'Mutation.approveReturn': to(COUNTY),
  'Mutation.requestReopening': to(['school-principal'], COUNTY_STAFF),
  'Mutation.approveReopening': to(COUNTY),
  'Mutation.declineReopening': to(COUNTY),
  'Mutation.correctReturn': to(COUNTY),
  'Mutation.recordFigureConflict': to(COUNTY_STAFF),

  'Mutation.publishStandard': to(PROVINCE),
  'Mutation.adoptStandard': to(COUNTY),
  'Mutation.endStandardAdoption': to(COUNTY),
  'Mutation.recordShortfalls': to(COUNTY_STAFF),
  'Mutation.recordCountyCondition': to(COUNTY_STAFF),
};
