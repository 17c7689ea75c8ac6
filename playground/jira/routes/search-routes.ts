import { createHash } from 'node:crypto';
import type { JiraIssue } from '../jira-data.ts';
import type { JiraSite } from '../jira-site.ts';
import { runJql } from '../jql/run-jql.ts';
import { Refusal } from '../refusal.ts';
import { changeJson, issueJson, namesAndSchema, selectFields } from '../render/issue-json.ts';
import { selfUrl } from '../render/site-urls.ts';
import { type JiraCall, listParameter, type Routes } from '../router.ts';

/** The largest pages: of ids alone, of some fields, of many. */
const pageSizes = { ids: 5000, some: 100, many: 50 };
const manyFields = 30;

interface SearchRequest {
  jql: string;
  fields: string[];
  expand: string[];
  maxResults: number;
  nextPageToken?: string;
  reconcile: string[];
}

export const searchRoutes: Routes = {
  'GET /rest/api/3/search/jql': (call) => search(call.site, fromQuery(call)),
  'POST /rest/api/3/search/jql': (call) => search(call.site, fromBody(call)),
  'POST /rest/api/3/search/approximate-count': ({ site, body }) => ({
    count: runJql(site, toText(body.jql)).length,
  }),
  'GET /rest/api/3/search': removed,
  'POST /rest/api/3/search': removed,
};

function removed(): never {
  throw new Refusal(
    410,
    'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046',
  );
}

function fromQuery({ query }: JiraCall): SearchRequest {
  const token = query.get('nextPageToken');
  return {
    jql: query.get('jql') ?? '',
    fields: listParameter(query, 'fields'),
    expand: listParameter(query, 'expand'),
    maxResults: toSize(query.get('maxResults') ?? 50),
    ...(token ? { nextPageToken: token } : {}),
    reconcile: listParameter(query, 'reconcileIssues'),
  };
}

function fromBody({ body }: JiraCall): SearchRequest {
  const unknown = Object.keys(body).find((name) => !bodyNames.includes(name));
  if (unknown)
    throw new Refusal(
      400,
      'Invalid request payload. Refer to the REST API documentation and try again.',
    );
  const { expand = '', nextPageToken } = body;
  return {
    jql: toText(body.jql),
    fields: toTexts(body.fields),
    expand: String(expand).split(','),
    maxResults: toSize(body.maxResults ?? 50),
    ...(nextPageToken ? { nextPageToken: toText(nextPageToken) } : {}),
    reconcile: toTexts(body.reconcileIssues),
  };
}

const bodyNames = [
  'jql',
  'fields',
  'expand',
  'maxResults',
  'nextPageToken',
  'properties',
  'fieldsByKeys',
  'reconcileIssues',
];

function toSize(value: unknown): number {
  const size = Number(value);
  if (!Number.isInteger(size) || size < 1 || size > pageSizes.ids)
    throw new Refusal(400, `The maxResults value must be between 1 and ${pageSizes.ids}.`);
  return size;
}

function toText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string')
    throw new Refusal(
      400,
      'Invalid request payload. Refer to the REST API documentation and try again.',
    );
  return value;
}

function toTexts(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value))
    throw new Refusal(
      400,
      'Invalid request payload. Refer to the REST API documentation and try again.',
    );
  return value.map(String);
}

function search(site: JiraSite, request: SearchRequest) {
  const { jql, fields, expand, maxResults, reconcile } = request;
  if (reconcile.length > 50)
    throw new Refusal(400, 'The number of issue IDs to reconcile must not exceed 50.');
  const idsOnly = fields.length === 0 || fields.every((name) => name === 'id' || name === 'key');
  const chosen = selectFields(site, fields);
  const most = idsOnly
    ? pageSizes.ids
    : chosen.length >= manyFields
      ? pageSizes.many
      : pageSizes.some;
  const size = Math.min(maxResults, most);
  const found = runJql(site, jql, { reconcile });
  const start = startOf(request);
  const page = found.slice(start, start + size);
  const isLast = start + page.length >= found.length;
  return {
    issues: page.map((issue) => toHit(site, issue, { fields, idsOnly, expand })),
    ...(isLast ? {} : { nextPageToken: toToken(start + page.length, request) }),
    isLast,
    ...namesAndSchema(chosen, expand),
  };
}

function toHit(
  site: JiraSite,
  issue: JiraIssue,
  { fields, idsOnly, expand }: { fields: string[]; idsOnly: boolean; expand: string[] },
) {
  if (idsOnly && !fields.includes('key')) return { id: issue.id };
  if (idsOnly) return { id: issue.id, self: selfUrl(`issue/${issue.id}`), key: issue.key };
  const json = issueJson(site, issue, selectFields(site, fields));
  if (!expand.includes('changelog')) return json;
  const histories = issue.changes.toReversed().slice(0, 40);
  return {
    ...json,
    changelog: {
      startAt: 0,
      maxResults: histories.length,
      total: issue.changes.length,
      histories: histories.map((change) => changeJson(site, change)),
    },
  };
}

/** A token goes with its question alone. */
const digest = ({ jql, fields, reconcile }: SearchRequest) =>
  createHash('sha256')
    .update(JSON.stringify([jql, fields, reconcile]))
    .digest('base64url')
    .slice(0, 16);

const toToken = (offset: number, request: SearchRequest) =>
  Buffer.from(JSON.stringify([offset, digest(request)])).toString('base64url');

function startOf(request: SearchRequest): number {
  if (request.nextPageToken === undefined) return 0;
  try {
    const [offset, of] = JSON.parse(Buffer.from(request.nextPageToken, 'base64url').toString());
    if (of === digest(request)) return Number(offset);
  } catch {}
  throw new Refusal(400, 'The provided nextPageToken is invalid or expired.');
}
