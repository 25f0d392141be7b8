import {
  balanceOfSchools,
  basicBalance,
  basicIndicators,
  countyRunSchools,
  nationalSplit,
  satisfaction,
  workScore,
} from './cn-basic-2012.js';
import type { Standard } from './standard.js';

/** No source names the items, so they are numbered and stay without a name. */
const numbered = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    field: `${prefix}_${String(index + 1).padStart(2, '0')}`,
    name: null,
  }));

/** 甘肃省义务教育学校办学基本标准 and 县域义务教育发展基本均衡县督导评估标准(试行). */
export const gansu: Standard = {
  format: 1,
  id: 'gansu',
  version: '1',
  name: { zh: '县域义务教育基本均衡(甘肃)', en: 'Basic balance of compulsory education (Gansu)' },
  region: '62',
  validFrom: '2012-01-20',
  validTo: null,
  source: {
    document: '甘肃省县域义务教育发展基本均衡县督导评估标准(试行)',
    issuedOn: null,
    references: ['S0'],
    certainty: 'inferred',
  },
  split: nationalSplit,
  indicators: basicIndicators,
  balance: basicBalance,
  schools: {
    inclusion: countyRunSchools,
    rule: {
      kind: 'items',
      groups: [
        {
          id: 'core',
          name: { zh: '核心指标', en: 'Core items' },
          items: numbered('gansu_core', 12),
          least: '9',
          leastShare: null,
        },
        {
          id: 'comprehensive',
          name: { zh: '综合指标', en: 'Comprehensive items' },
          items: numbered('gansu_comprehensive', 40),
          least: null,
          leastShare: '0.85',
        },
      ],
    },
  },
  norms: [],
  conditions: [
    {
      id: 'schools-meet-standard',
      group: 'threshold',
      name: { zh: '义务教育学校标准化建设', en: 'Every school is a standardised school' },
      certainty: 'sourced',
      check: { kind: 'schools' },
    },
    workScore,
    balanceOfSchools,
    satisfaction,
  ],
};
