import { RichAnswer, type ToolContext } from '../../connector.ts';
import { readCursor, toCursor } from '../../cursor.ts';
import { fitItems } from '../../fit-items.ts';
import { spoolRows } from '../../spool-rows.ts';
import type { Jira } from '../jira.ts';
import { findIssues, readPlace, writePlace } from './find-issues.ts';
import { type ShortIssue, toView } from './short-issue.ts';

/** A list of issues as a tool was asked for it. */
export interface IssueQuestion {
  tool: string;
  args: Record<string, unknown> & { cursor?: string | undefined; limit: number };
  jql: string;
  clauses?: readonly string[];
  fields?: readonly string[] | undefined;
}

/** Issues in the shape that each tool gives; `Extra` stands beside the list. */
export interface IssueAnswer extends Record<string, unknown> {
  issues: ShortIssue[];
  count: number;
  truncated: boolean;
  next_cursor?: string;
  notes?: string[];
}

/** Of issues; the rest of an answer of 20 kB is for notes and what stands beside. */
const maxBytes = 17_500;

/**
 * Answers with as many issues as fit. What was read and does not fit is kept whole for a link; the cursor goes on
 * behind the last issue that is shown.
 */
export async function answerIssues(
  jira: Jira,
  { tool, args, jql, clauses = [], fields }: IssueQuestion,
  context: ToolContext,
): Promise<RichAnswer<IssueAnswer>> {
  const after = readCursor(tool, args, args.cursor);
  const view = toView(jira, await jira.fields(context.signal), fields);
  const found = await findIssues(
    jira,
    {
      jql,
      clauses,
      fieldIds: view.fieldIds,
      limit: args.limit,
      place: after === undefined ? undefined : readPlace(after),
      show: (issue) => view.show(issue),
      onPage: (count) => context.progress(`${count} issues read`),
    },
    context.signal,
  );
  const all = found.items;
  const { items } = fitItems(all, maxBytes);
  const isCut = items.length < all.length;
  const kept = isCut ? await keep(all, context) : undefined;
  const next = found.isStuck && !isCut ? undefined : found.placeOf(items.length);
  const notes = [
    ...(isCut ? [toCutNote(items.length, all.length, kept !== undefined)] : []),
    ...(found.isStuck ? [stuck] : []),
  ];
  const answer = {
    issues: items,
    count: items.length,
    truncated: isCut || found.hasMore,
    ...(next && { next_cursor: toCursor(tool, args, writePlace(next)) }),
    ...(notes.length > 0 && { notes }),
  };
  return new RichAnswer(answer, kept ? { link: kept.link } : {});
}

const toCutNote = (shown: number, read: number, isKept: boolean) =>
  `These are ${shown} of ${read} issues read${isKept ? '; the link has all of them' : ''}. Fewer fields leave room for more; count_issues counts.`;

const stuck = 'Jira gives the same page again and again; narrow the JQL to see the others.';

function keep(issues: readonly ShortIssue[], context: ToolContext) {
  const names = [...new Set(issues.flatMap((issue) => Object.keys(issue)))];
  const columns = names.map((name) => ({ name, type: 'TEXT' }));
  return spoolRows(
    context,
    columns,
    issues.map((issue) => names.map((name) => toCell(issue[name]))),
  );
}

const toCell = (value: unknown) => (Array.isArray(value) ? value.join(', ') : (value ?? null));
