import type { Connector } from './connector.ts';
import { jira } from './jira/index.ts';
import { mysql } from './mysql/index.ts';
import { s3 } from './s3/index.ts';
import { shopify } from './shopify/index.ts';

/** Every connector of ours. A new one is its folder and a name in this line. */
export const connectors: readonly Connector[] = [mysql, s3, jira, shopify];
