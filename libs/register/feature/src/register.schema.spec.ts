import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import type { GraphQLEnumType } from 'graphql';
import { schoolTypes } from '@junheng/register-contract';
import { RegionResolver } from './region.resolver.js';
import { SchoolResolver } from './school.resolver.js';
import { SchoolsResolver } from './schools.resolver.js';

const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
const schema = await app.get(GraphQLSchemaFactory).create([RegionResolver, SchoolResolver, SchoolsResolver]);
await app.close();

describe('The GraphQL schema of the register', () => {
  it('speaks the words of the contract, with an underscore where a name may have no hyphen', () => {
    const type = schema.getType('SchoolType') as GraphQLEnumType;
    expect(type.getValues().map(({ value }) => value as string)).toEqual(schoolTypes);
    expect(type.getValue('teaching_point')?.value).toBe('teaching-point');
  });

  it('names whose ledger a command is for, so that the guard can tell', () => {
    for (const [name, { args }] of Object.entries(schema.getMutationType()?.getFields() ?? {})) {
      const named = args.map((arg) => arg.name);
      expect([name, named.includes('county') || named.includes('region')]).toEqual([name, true]);
      expect([name, named.includes('commandId')]).toEqual([name, true]);
    }
  });

  it('keeps the folded history to itself', () => {
    expect(JSON.stringify(schema.getType('School')?.toConfig())).not.toContain('"history"');
  });
});
