import { cnBasic2012 } from './cn-basic-2012.js';
import { cnQuality2017 } from './cn-quality-2017.js';
import { gansu } from './gansu.js';
import { hubei2012 } from './hubei-2012.js';
import type { Standard } from './standard.js';

/** The standards that come with Junheng. Their content never changes: another content is another version. */
export const builtInStandards: readonly Standard[] = [cnBasic2012, cnQuality2017, gansu, hubei2012];

export function builtInStandard(id: string): Standard | undefined {
  return builtInStandards.find((standard) => standard.id === id);
}
