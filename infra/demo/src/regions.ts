/** A region of the demo, as GB/T 2260 had it in 2013; 重庆 has its districts below 5001. */
export interface DemoRegion {
  readonly code: string;
  readonly name: string;
  readonly kind: 'province' | 'city' | 'county';
}

export const demoRegions: readonly DemoRegion[] = [
  { code: '42', name: '湖北省', kind: 'province' },
  { code: '4203', name: '十堰市', kind: 'city' },
  { code: '420323', name: '竹山县', kind: 'county' },
  { code: '50', name: '重庆市', kind: 'province' },
  { code: '5001', name: '重庆市辖区', kind: 'city' },
  { code: '500101', name: '万州区', kind: 'county' },
  { code: '500110', name: '綦江区', kind: 'county' },
  { code: '500114', name: '黔江区', kind: 'county' },
  { code: '500116', name: '江津区', kind: 'county' },
  { code: '500118', name: '永川区', kind: 'county' },
  { code: '34', name: '安徽省', kind: 'province' },
  { code: '3401', name: '合肥市', kind: 'city' },
  { code: '340103', name: '庐阳区', kind: 'county' },
  { code: '340104', name: '蜀山区', kind: 'county' },
];

export function regionName(code: string): string {
  return demoRegions.find((region) => region.code === code)?.name ?? code;
}
