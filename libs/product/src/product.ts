import { EvaluationModule, evaluationViews } from '@junheng/evaluation-feature';
import type { AnyProcess } from '@junheng/processes';
import { RegisterModule, registerViews, schoolMove } from '@junheng/register-feature';
import { ReportingModule, reportingViews, spreadCampaign } from '@junheng/reporting-feature';
import { ViewCatalogue } from '@junheng/views';

/** What Junheng is made of: to add a context, name it here. */
export const features = [RegisterModule, ReportingModule, EvaluationModule];

export const catalogue = new ViewCatalogue([...registerViews, ...reportingViews, ...evaluationViews]);

export const processes: readonly AnyProcess[] = [schoolMove, spreadCampaign];
