import type { Connector } from './connector.ts';
import { mysql } from './mysql/index.ts';

/** Every connector of ours. A new one is its folder and a name in this line. */
export const connectors: readonly Connector[] = [mysql];
