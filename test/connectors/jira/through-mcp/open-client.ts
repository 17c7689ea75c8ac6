import { type JiraStandIn, startJira } from '../../../../playground/jira/start-jira.ts';
import { jiraData } from '../../../../playground/shop/jira/jira-data.ts';
import { shopRecords } from '../../../../playground/shop/shop-records.ts';
import { jira } from '../../../../src/connectors/jira/index.ts';
import { Spool } from '../../../../src/connectors/spool.ts';
import { log } from '../../../../src/log.ts';
import { type ConnectorClient, connectClient } from '../../../support/connect-client.ts';

log.level = 'warn'; // the connector runs in this process

/** An MCP client of the connector in this process, and the Jira behind it. */
export interface JiraClient extends ConnectorClient {
  site: JiraStandIn;
  ask(name: string, args?: Record<string, unknown>): Promise<Answer>;
  /** The address of all rows, where the answer has one. */
  link(name: string, args?: Record<string, unknown>): Promise<string | undefined>;
  /** `GET /rest/api/3/field` and the like, since the last call of this. */
  sent(): string[];
}

// biome-ignore lint/suspicious/noExplicitAny: tests look at what is deep inside, and fail when it is not there
export type Answer = Record<string, any>;

/** The day of all these tests. */
export const today = new Date('2026-11-22T12:00:00Z');

const shop = jiraData(shopRecords({ today }), { today });

/** The sample shop's tickets, to be changed at will. */
export const freshData = () => structuredClone(shop);

/** All that can be written. */
export const allWrites = 'create_issue,update_issue,add_comment,transition_issue';

/** Opens one on a fresh site, with these variables more. */
export async function openClient(
  variables: Record<string, string> = {},
  options: Parameters<typeof startJira>[0] = {},
): Promise<JiraClient> {
  const site = await startJira({ today, data: freshData(), ...options });
  const open = await jira.open(jira.env.parse({ ...site.env, ...variables }));
  const spool = new Spool('jira');
  const secrets = [site.env.JIRA_API_TOKEN, '127.0.0.1', 'atlassian.net', 'node:'];
  const tools = await connectClient(jira, open, { spool, secrets });
  let seen = 0;
  return {
    ...tools,
    site,
    link: async (name, args) => (await tools.call(name, args)).content[1]?.uri,
    sent() {
      const news = site.requests.slice(seen).map(({ method, path }) => `${method} ${path}`);
      seen = site.requests.length;
      return news;
    },
    async [Symbol.asyncDispose]() {
      await tools[Symbol.asyncDispose]();
      await site[Symbol.asyncDispose]();
    },
  };
}
