import { annualReturnView } from './annual-return.projection.js';
import { askedCountyView } from './asked-county.projection.js';
import { campaignProgress } from './campaign-progress.derivation.js';
import { campaignFormView, campaignView } from './campaign.projection.js';
import { reportedSchoolView } from './reported-school.projection.js';
import { returnStandingView } from './return-standing.projection.js';
import { sealedReturnView } from './snapshot.projection.js';

/** What reporting adds to a generation of read models. */
export const reportingViews = [
  campaignView,
  campaignFormView,
  annualReturnView,
  reportedSchoolView,
  returnStandingView,
  sealedReturnView,
  askedCountyView,
  campaignProgress,
] as const;
