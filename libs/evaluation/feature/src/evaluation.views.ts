import { adoptedStandardView, publishedStandardView } from './adopted-standard.projection.js';
import { countyAssessment } from './county-assessment.derivation.js';
import { countyConditionView, countyFindingView } from './county-finding.projection.js';
import { evaluatedCountyView } from './evaluated-county.projection.js';
import { evaluatedReturnView } from './evaluated-return.projection.js';
import { evaluatedSchoolView } from './evaluated-school.projection.js';
import { evaluatedYearView, sealedYearView } from './evaluated-year.projection.js';

export const evaluationViews = [
  evaluatedCountyView,
  evaluatedSchoolView,
  evaluatedYearView,
  sealedYearView,
  evaluatedReturnView,
  adoptedStandardView,
  publishedStandardView,
  countyFindingView,
  countyConditionView,
  countyAssessment,
] as const;
