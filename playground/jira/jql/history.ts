import type { JiraChangeItem, JiraIssue } from '../jira-data.ts';
import type { Scalar } from './search-field.ts';

/** A value that a field had for a while. */
export interface Stay {
  value: Scalar | null;
  from: number;
  until: number;
  /** Who set it. */
  authorId: string;
}

/** A change of a field. */
export interface Change {
  at: number;
  authorId: string;
  item: JiraChangeItem;
}

/** What happened to a field of an issue, the oldest first. */
export const changesOf = ({ changes }: JiraIssue, fieldId: string): Change[] =>
  changes.flatMap(({ created, authorId, items }) =>
    items
      .filter((item) => item.fieldId === fieldId)
      .map((item) => ({ at: created, authorId, item })),
  );

/** The values that a field has had, with the one it has now. */
export function staysOf(issue: JiraIssue, fieldId: string, now: number): Stay[] {
  const changes = changesOf(issue, fieldId);
  const present = issue.values[fieldId];
  const first = changes[0]?.item.from ?? (changes.length > 0 ? null : toScalar(present));
  const begin = {
    value: first,
    from: Number(issue.values.created ?? 0),
    authorId: String(issue.values.creator ?? ''),
  };
  const starts = [
    begin,
    ...changes.map(({ at, authorId, item }) => ({ value: item.to, from: at, authorId })),
  ];
  return starts.map((start, at) => ({ ...start, until: starts[at + 1]?.from ?? now + 1 }));
}

const toScalar = (value: unknown): Scalar | null =>
  typeof value === 'string' || typeof value === 'number' ? value : null;
