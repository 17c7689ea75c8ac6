import { z } from 'zod';
import { ToolError } from '../../tool-error.ts';
import { jiraJs } from '../api/jira-js.ts';
import type { Jira } from '../jira.ts';
import { explainJql } from '../jql/explain-jql.ts';
import { narrowJql, projectClauses } from '../jql/narrow-jql.ts';
import { requireAllowed } from '../names/find-project.ts';
import { projectOf } from './issue-key.ts';
import { type RawIssue, rawIssue } from './short-issue.ts';

const page = z.object({
  issues: z.array(rawIssue),
  nextPageToken: z.string().nullish(),
  isLast: z.boolean().nullish(),
});

/** Issues of one answer of Jira when their fields are wanted. */
const pageSize = 100;

/** Where a list goes on: an issue of a page, which is asked for again with all that its token is bound to. */
const placeSchema = z.object({
  token: z.string().optional(),
  size: z.number().int().min(1).max(5_000),
  skip: z.number().int().min(0).max(5_000),
  /** Of the page before: a Jira that ignores tokens gives it again and again. */
  firstKey: z.string().optional(),
  reconcile: z.array(z.number().int()).max(50),
});

export type Place = z.output<typeof placeSchema>;

export const writePlace = (place: Place): string => JSON.stringify(place);

/** @throws ToolError `BAD_CURSOR` */
export function readPlace(text: string): Place {
  try {
    return placeSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new ToolError('BAD_CURSOR', 'this is no cursor of ours', {
      try: 'no cursor, to begin anew',
      cause,
    });
  }
}

/** What to look for, and how much of it. */
export interface IssueSearch<Item> {
  /** As it was asked; the projects that may be seen are added. */
  jql: string;
  /** Conditions of ours beside it. */
  clauses?: readonly string[];
  fieldIds: readonly string[];
  limit: number;
  /** Asked of Jira at once; 100 unless told. */
  pageSize?: number;
  place?: Place | undefined;
  /** What is kept of an issue: a page may be of 8 MB. */
  show(issue: RawIssue): Item;
  onPage?(issuesSoFar: number): void;
}

/** What was found, in order. */
export interface FoundIssues<Item> {
  items: Item[];
  /** Where the one with this number stands, counted from 0; nothing behind the last of all. */
  placeOf(index: number): Place | undefined;
  /** There are more than were asked for. */
  hasMore: boolean;
  /** Jira gives the same page again and again: there are more, and no way to them. */
  isStuck: boolean;
}

/**
 * Searches, page by page up to the limit. Issues that this process wrote a moment ago are found as they are now.
 *
 * @throws ToolError `INVALID_ARGUMENT` that explains what is wrong with the JQL.
 */
export async function findIssues<Item>(
  jira: Jira,
  search: IssueSearch<Item>,
  signal: AbortSignal,
): Promise<FoundIssues<Item>> {
  const scope = [...projectClauses(jira.allowedProjects), ...(search.clauses ?? [])];
  const query = { jql: narrowJql(search.jql, scope), fields: [...search.fieldIds] };
  const reconcile = search.place?.reconcile ?? jira.recent.ids();
  const read = pageReader(jira, search.jql, query, signal);
  const pages: { start: number; place: Place }[] = [];
  const items: Item[] = [];
  let most = search.pageSize ?? pageSize;
  let isStuck = false;
  let next: Place | undefined = search.place ?? { size: most, skip: 0, reconcile };
  while (next && items.length < search.limit) {
    // A page that is read again has to be the same page.
    const size: number = next.skip > 0 ? next.size : Math.min(search.limit - items.length, most);
    const { issues, token, place } = await read({ ...next, size });
    if (place.size < size) most = place.size;
    const firstKey = issues[0]?.key;
    // Without a first issue, only the second empty page in a row is the same as the one before.
    isStuck = firstKey === place.firstKey && (firstKey !== undefined || pages.length > 0);
    if (isStuck) break;
    pages.push({ start: items.length - place.skip, place });
    items.push(...issues.slice(place.skip).map((issue) => search.show(issue)));
    search.onPage?.(items.length);
    next = token ? { token, size: most, skip: 0, firstKey, reconcile } : undefined;
  }
  return {
    items: items.slice(0, search.limit),
    hasMore: next !== undefined || items.length > search.limit,
    isStuck,
    placeOf(index) {
      if (index >= items.length) return next;
      const page = pages.findLast(({ start, place }) => start + place.skip <= index);
      return page && { ...page.place, skip: index - page.start };
    },
  };
}

interface ReadPage {
  issues: RawIssue[];
  token: string | undefined;
  /** The page as it was read: it may be smaller than asked for. */
  place: Place;
}

/** Reads a page. One that is too large is asked for again with a fifth of its issues. */
function pageReader(
  jira: Jira,
  asked: string,
  query: { jql: string; fields: string[] },
  signal: AbortSignal,
): (place: Place) => Promise<ReadPage> {
  return async function read(place): Promise<ReadPage> {
    const { token, size, skip, reconcile } = place;
    try {
      const found = await explainJql(jira, asked, signal, () =>
        jira.ask(page, signal, (client) =>
          jiraJs.searchAndReconsileIssuesUsingJqlPost(client, {
            ...query,
            maxResults: size,
            ...(token !== undefined && { nextPageToken: token }),
            ...(reconcile.length > 0 && { reconcileIssues: [...reconcile] }),
          }),
        ),
      );
      // The query says so already; this holds even where it was misread.
      for (const { key } of found.issues) requireAllowed(jira, projectOf(key));
      const next = found.isLast ? undefined : (found.nextPageToken ?? undefined);
      return { issues: found.issues, token: next, place };
    } catch (error) {
      const isTooLarge = error instanceof ToolError && error.code === 'TOO_LARGE';
      if (!isTooLarge || size === 1 || skip > 0) throw error;
      return read({ ...place, size: Math.ceil(size / 5) });
    }
  };
}
