export { demandDay, isDay } from './day.js';
export { region, type RegionCommand, type RegionState } from './region.decider.js';
export { isCountyCode, isRegionCode, NATION } from './region-code.js';
export { type Reorganisation, type SchoolStep, steps } from './reorganisation.js';
export { isSchoolCode, schoolCodeWarnings } from './school-code.js';
export type { MoveSchoolIn, NewSchool, RegisterSchool, SchoolChange, SchoolCommand } from './school-commands.js';
export { school } from './school.decider.js';
export type { KnownSchool, SchoolState } from './school-state.js';
export { stageUnits } from './stage-units.js';
