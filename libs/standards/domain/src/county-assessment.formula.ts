import type { AssessmentOptions, CountyAssessment } from './assessment.js';
import type { StageUnitFigures } from './figures.js';
import type { Standard } from './standard.js';

export function assessCounty(
  standard: Standard,
  units: readonly StageUnitFigures[],
  options: AssessmentOptions = {},
): CountyAssessment {
  throw new Error(`${standard.id} ${units.length} ${Object.keys(options).length}`);
}
