import type { JiraIssue } from '../jira-data.ts';
import type { JiraSite } from '../jira-site.ts';
import { Refusal } from '../refusal.ts';
import { type CompiledQuery, compile } from './compile.ts';
import { JqlError } from './jql-error.ts';
import type { JqlQuery } from './jql-query.ts';
import { parse } from './parse.ts';

interface CheckedQuery {
  query?: JqlQuery;
  compiled?: CompiledQuery;
  errors: string[];
}

/** What is wrong with a query, in Jira's words, and the query where it can be read. */
export function checkJql(site: JiraSite, jql: string): CheckedQuery {
  try {
    const query = parse(jql);
    const compiled = compile(site, query);
    return { query, compiled, errors: compiled.errors };
  } catch (error) {
    if (error instanceof JqlError) return { errors: [error.message] };
    throw error;
  }
}

/** The issues that a query finds, in its order. Throws a `Refusal` with 400 for a faulty or an unbounded one. */
export function runJql(
  site: JiraSite,
  jql: string,
  { bounded = true, reconcile = [] }: { bounded?: boolean; reconcile?: string[] } = {},
): JiraIssue[] {
  const { query, compiled, errors } = checkJql(site, jql);
  if (!query || !compiled || errors.length > 0) throw new Refusal(400, errors);
  if (bounded && !query.where)
    throw new Refusal(
      400,
      'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
    );
  const { matches, compare } = compiled;
  return site.indexed(reconcile).filter(matches).sort(compare);
}
