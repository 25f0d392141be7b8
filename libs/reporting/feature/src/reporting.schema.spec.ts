import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { AnnualReturnResolver } from './annual-return.resolver.js';
import { CampaignResolver } from './campaign.resolver.js';
import { ReturnsResolver } from './returns.resolver.js';

const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
const schema = await app.get(GraphQLSchemaFactory).create([CampaignResolver, AnnualReturnResolver, ReturnsResolver]);
await app.close();

describe('The GraphQL schema of reporting', () => {
  it('names whose ledger every operation is about, so that the guard can tell', () => {
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    for (const { name, args } of roots.flatMap((root) => Object.values(root?.getFields() ?? {}))) {
      const named = args.map((arg) => arg.name);
      expect([name, named.includes('county') || named.includes('region')]).toEqual([name, true]);
    }
  });

  it('asks a command id of every mutation', () => {
    for (const { name, args } of Object.values(schema.getMutationType()?.getFields() ?? {})) {
      expect([name, args.some((arg) => arg.name === 'commandId')]).toEqual([name, true]);
    }
  });

  it('has the operations that the policy must cover', () => {
    const names = (fields = {}) => Object.keys(fields).sort();
    expect(names(schema.getMutationType()?.getFields())).toEqual([
      'approveReopening',
      'approveReturn',
      'attachNote',
      'closeCampaign',
      'correctReturn',
      'declineReopening',
      'importReturns',
      'moveDeadline',
      'openCampaign',
      'recordFigureConflict',
      'requestReopening',
      'returnForCorrection',
      'saveSection',
      'sealSnapshot',
      'submitReturn',
    ]);
    expect(names(schema.getQueryType()?.getFields())).toEqual([
      'annualReturn',
      'campaignFindings',
      'campaignProgress',
      'campaigns',
      'exportReturns',
      'returnForm',
      'returns',
      'sealedReturns',
    ]);
    expect(names(schema.getSubscriptionType()?.getFields())).toEqual(['campaignProgress']);
  });
});
