import type { SchoolFigures, StageUnitFigures } from './figures.js';
import type { Standard } from './standard.js';

export function stageUnits(school: SchoolFigures, split: Standard['split']): readonly StageUnitFigures[] {
  throw new Error(`${school.school} ${split.certainty}`);
}
