export { OnAdoption } from './adoption.handler.js';
export { EvaluationModule } from './evaluation.module.js';
export { evaluationViews } from './evaluation.views.js';
export { OnCountyCondition, OnShortfall } from './finding.handler.js';
export { OnStandard } from './standard.handler.js';
