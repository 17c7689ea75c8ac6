import { createAgileClient, createCloudClient } from 'jira.js';
import type { JiraStandIn } from '../../../playground/jira/start-jira.ts';

/** jira.js as it asks the stand-in, strict about the shape of every answer. It takes most of a second to load. */
export function openSdk({ url, env }: Pick<JiraStandIn, 'url' | 'env'>) {
  const config = {
    host: url,
    auth: { type: 'basic' as const, email: env.JIRA_EMAIL, apiToken: env.JIRA_API_TOKEN },
    onSchemaMismatch: 'throw' as const,
  };
  return { cloud: createCloudClient(config), agile: createAgileClient(config) };
}
