import type { StandInAnswer, StandInRequest } from '../stand-in/start-stand-in.ts';
import type { JiraSite } from './jira-site.ts';
import { Refusal } from './refusal.ts';

/** A call as a route sees it. */
export interface JiraCall {
  site: JiraSite;
  /** What stood in the path's braces. */
  params: Record<string, string>;
  query: URLSearchParams;
  headers: StandInRequest['headers'];
  /** The parsed body, `{}` without one. */
  body: Record<string, unknown>;
}

/** `GET /rest/api/3/issue/{issue}` and what answers it: JSON of what it returns, 204 for nothing, or an answer itself. */
export type Routes = Record<string, (call: JiraCall) => unknown>;

/** An answer with a status of its own; without a value it has no body. */
export class Answer {
  readonly status: number;
  readonly value: unknown;
  readonly headers: Record<string, string>;

  constructor(status: number, value: unknown, headers: Record<string, string> = {}) {
    this.status = status;
    this.value = value;
    this.headers = headers;
  }
}

/** Finds the route of a request. Of two that fit, the first wins. */
export function toRouter(routes: Routes, site: JiraSite) {
  const compiled = Object.entries(routes).map(([route, handle]) => {
    const [method = '', path = ''] = route.split(' ');
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    return {
      method,
      names,
      handle,
      pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}$`),
    };
  });

  return (request: StandInRequest): StandInAnswer => {
    const fitting = compiled.filter(({ pattern }) => pattern.test(request.path));
    const found = fitting.find(({ method }) => method === request.method);
    try {
      if (fitting.length === 0) throw new Refusal(404, `null for uri: ${request.path}`);
      if (!found) throw new Refusal(405, 'Method Not Allowed');
      const values = found.pattern.exec(request.path)?.slice(1) ?? [];
      const params = Object.fromEntries(found.names.map((name, at) => [name, decoded(values[at])]));
      const body = toBody(request);
      return toAnswer(
        found.handle({ site, params, query: request.query, headers: request.headers, body }),
      );
    } catch (error) {
      if (error instanceof Refusal) return refused(error);
      throw error;
    }
  };
}

function decoded(part = ''): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Refusal(400, 'Bad Request');
  }
}

function toBody({ body }: StandInRequest): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (value && typeof value === 'object' && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {}
  throw new Refusal(400, 'There was an error parsing JSON. Check that your request body is valid.');
}

function toAnswer(result: unknown): StandInAnswer {
  if (result === undefined) return { status: 204, headers: commonHeaders };
  const { status, value, headers } = result instanceof Answer ? result : new Answer(200, result);
  if (value === undefined) return { status, headers: { ...commonHeaders, ...headers } };
  if (value instanceof Uint8Array)
    return { status, headers: { ...commonHeaders, ...headers }, body: value };
  return {
    status,
    headers: { ...commonHeaders, 'content-type': 'application/json;charset=UTF-8', ...headers },
    body: JSON.stringify(value),
  };
}

const refused = ({ status, errorMessages, errors }: Refusal): StandInAnswer =>
  toAnswer(new Answer(status, { errorMessages, errors }));

const commonHeaders = {
  'atl-traceid': '5f1c0e3a9d7b4c2e8a6f0b1d2c3e4f5a',
  'x-arequestid': '5f1c0e3a9d7b4c2e8a6f0b1d2c3e4f5a',
  'cache-control': 'no-cache, no-store, no-transform',
};

/** A query parameter that may come several times or as `a,b`. */
export const listParameter = (query: URLSearchParams, name: string): string[] =>
  query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter(Boolean);

/** A whole number of the query, at most `max`; throws a `Refusal` for what is none. */
export function numberParameter(
  query: URLSearchParams,
  name: string,
  { fallback, max = Number.MAX_SAFE_INTEGER }: { fallback: number; max?: number },
): number {
  const text = query.get(name);
  if (text === null) return fallback;
  if (!/^\d{1,9}$/.test(text))
    throw new Refusal(400, `The value '${text}' for parameter '${name}' is not a valid number.`);
  return Math.min(Number(text), max);
}

/** One page of a list as most of Jira's lists have it. */
export function toPage<T, Out>(
  { query }: Pick<JiraCall, 'query'>,
  items: T[],
  { size = 50, max = 100 }: { size?: number; max?: number },
  toJson: (item: T) => Out,
) {
  const startAt = numberParameter(query, 'startAt', { fallback: 0 });
  const maxResults = numberParameter(query, 'maxResults', { fallback: size, max });
  const page = items.slice(startAt, startAt + maxResults);
  return {
    maxResults,
    startAt,
    total: items.length,
    isLast: startAt + page.length >= items.length,
    values: page.map(toJson),
  };
}
