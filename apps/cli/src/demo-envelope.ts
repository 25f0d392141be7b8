import type { DemoStep } from '@junheng/demo';
import type { Who } from '@junheng/event-store';
import { OnAdoption, OnCountyCondition, OnShortfall, OnStandard } from '@junheng/evaluation-feature';
import { OnRegion, OnSchool } from '@junheng/register-feature';
import { OnAnnualReturn, OnCampaign } from '@junheng/reporting-feature';

export type DemoEnvelope =
  OnRegion | OnSchool | OnCampaign | OnAnnualReturn | OnStandard | OnAdoption | OnShortfall | OnCountyCondition;

/** The demo's commands take the way of everybody's: through the bus, into the handlers. */
export function envelope({ commandId, tenant, category, id, command, who: actor }: DemoStep): DemoEnvelope {
  const who: Who = { ...actor, correlationId: commandId, client: 'junheng-demo' };
  const county = tenant;
  switch (category) {
    case 'region':
      return new OnRegion({ region: tenant, commandId }, command, who);
    case 'school':
      return new OnSchool({ county, school: id, commandId }, command, who);
    case 'campaign': {
      if (command.type !== 'OpenCampaign') throw new Error(`The demo does not know how to ${command.type}.`);
      const { type, deadline, scope, schoolYear } = command;
      return new OnCampaign({ region: tenant, schoolYear, commandId }, { type, deadline, scope }, who);
    }
    case 'annualReturn': {
      const { school, schoolYear, ...wish } = command;
      return new OnAnnualReturn({ county, school, schoolYear, commandId }, wish, who);
    }
    case 'standard':
      return new OnStandard({ region: tenant, standard: id, commandId }, command, who);
    case 'adoption':
      return new OnAdoption({ county, standard: id, commandId }, command, who);
    case 'shortfall':
      return new OnShortfall({ county, commandId }, command, who);
    case 'condition':
      return new OnCountyCondition({ county, commandId }, command, who);
  }
}
