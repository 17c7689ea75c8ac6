import type { Client } from 'jira.js/core';
import { readJson } from '../../api/read-json.ts';
import { type Api, type ApiAnswer, requestApi } from '../../api/request-api.ts';
import { JiraRefusal } from './jira-refusal.ts';

/** What jira.js hands over to be sent. */
export type SendOptions = Parameters<Client['sendRequest']>[0];

/** Where Jira is, and who we are to it. */
export interface JiraAccess {
  api: Api;
  /** Before each path: `/ex/jira/<cloud id>` for tokens with scopes, else empty. */
  prefix: string;
  /** The whole header. */
  authorization: string;
}

/** These read, although they are sent by POST. */
const readingPosts = /^\/rest\/api\/3\/(?:search\/jql|search\/approximate-count|jql\/parse)$/;

/**
 * What jira.js sends its requests through. Its own client has no signal, no time limit, no cap, and checks answers
 * against schemas that refuse what Jira adds; ours gives answers as they came, to be parsed where they are used.
 *
 * Throws what `requestApi` throws, and JiraRefusal for an answer that is no success.
 */
export const toClient = (access: JiraAccess, signal: AbortSignal): Client => ({
  async sendRequest<Answer>(options: SendOptions): Promise<Answer> {
    const { url, method = 'GET', body } = options;
    const answer = await requestApi(access.api, {
      method,
      path: `${access.prefix}${url}${toQuery(options.searchParams)}`,
      headers: {
        authorization: access.authorization,
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal,
      ...(readingPosts.test(url) && { repeatable: true }),
    });
    return read(answer) as Answer;
  },
});

/** A wrong token gets an answer too, that of somebody who is not signed in: an empty list instead of a refusal. */
function read(answer: ApiAnswer): unknown {
  const isStranger = /FAILED|DENIED/.test(answer.headers.get('x-seraph-loginreason') ?? '');
  if (answer.status >= 400 || isStranger) throw new JiraRefusal(answer);
  return answer.status === 204 ? undefined : readJson('Jira', answer);
}

function toQuery(params: Record<string, unknown> = {}): string {
  const given = Object.entries(params).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams();
  for (const [name, value] of given)
    if (name === 'keys' && Array.isArray(value)) for (const key of value) query.append(name, key);
    else query.append(name, Array.isArray(value) ? value.join(',') : String(value));
  return given.length > 0 ? `?${query}` : '';
}
