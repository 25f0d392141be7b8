import { regionHistory, regionView } from './region.projection.js';
import { schoolHistory } from './school-history.projection.js';
import { schoolView } from './school.projection.js';

/** What the register adds to a generation of read models. */
export const registerViews = [regionView, regionHistory, schoolView, schoolHistory] as const;
