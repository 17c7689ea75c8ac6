import { z } from 'zod';
import { outsideText } from '../../../outside-text.ts';
import { jiraJs } from '../api/jira-js.ts';
import type { Jira } from '../jira.ts';
import { flattenValue, toMoment } from './flatten-value.ts';
import { askOfIssue } from './issue-key.ts';

/** `toString` is also what every object inherits. */
const text = z.string().nullish().catch(null);

const page = z.object({
  total: z.number(),
  values: z.array(
    z.object({
      author: z.unknown(),
      created: z.string().catch(''),
      items: z.array(z.object({ field: z.string(), fromString: text, toString: text })).catch([]),
    }),
  ),
});

/** One field at one time. */
export interface Change {
  at: string;
  by: unknown;
  field: string;
  from: string | null;
  to: string | null;
}

export interface ChangePage {
  limit: number;
  oldestFirst?: boolean;
  /** How many entries of the history, counted from its beginning, are still to be shown; all unless told. */
  end?: number | undefined;
  /** The first entry to be shown when the oldest come first. */
  start?: number | undefined;
}

/** A part of an issue's history, and where that part begins and ends. */
export interface ChangesFound {
  /** What was changed at one time each, in the order that was asked for. */
  entries: Change[][];
  start: number;
  end: number;
  total: number;
}

/** Jira gives the history from its beginning, and only so. Entries are never taken away, so that places stay right. */
export async function readChanges(
  jira: Jira,
  issueKey: string,
  { limit, oldestFirst = false, end, start = 0 }: ChangePage,
  signal: AbortSignal,
): Promise<ChangesFound> {
  const read = (startAt: number, maxResults: number) =>
    askOfIssue(jira, issueKey, page, signal, (client) =>
      jiraJs.getChangeLogs(client, { issueIdOrKey: issueKey, startAt, maxResults }),
    );
  if (oldestFirst) {
    const { values, total } = await read(start, limit);
    return { entries: values.map(toChanges), start, end: start + values.length, total };
  }
  const known = end ?? (await read(0, 1)).total;
  const from = Math.max(0, known - limit);
  if (known === 0) return { entries: [], start: 0, end: 0, total: 0 };
  const { values, total } = await read(from, known - from);
  return { entries: values.reverse().map(toChanges), start: from, end: known, total };
}

/** A description that was changed stands there twice, as wiki text. */
const valueChars = 160;

const toChanges = ({ author, created, items }: z.output<typeof page>['values'][number]): Change[] =>
  items.map((item) => ({
    at: toMoment(created),
    by: flattenValue(author, 80) ?? 'somebody',
    field: outsideText(item.field, 80),
    from: toShown(item.fromString),
    to: toShown(item.toString),
  }));

const toShown = (value: string | null | undefined) =>
  value ? outsideText(toMoment(value), valueChars) : null;
