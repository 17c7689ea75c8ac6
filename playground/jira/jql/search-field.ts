import type { AdfNode } from '../adf/adf-node.ts';
import { adfText } from '../adf/adf-text.ts';
import type { Entity, JiraIssue } from '../jira-data.ts';
import { JqlError } from './jql-error.ts';

/** An id, a lower-case label, a number or milliseconds. */
export type Scalar = string | number;

/** Something that JQL can search by. */
export interface SearchField {
  /** As Jira's own editor writes it. */
  name: string;
  names: string[];
  /** Of a custom field. */
  fieldId: string;
  operators: string[];
  sortable: boolean;
  /** Whose functions fit: `user`, `date` … */
  type: string;
  /** What an issue has there; empty: nothing. */
  read(issue: JiraIssue): Scalar[];
  /** The text to search in, where `~` is an operator. */
  text?(issue: JiraIssue): string;
  /** What a written value means. Throws a `JqlError` for one that does not exist. */
  resolve(value: string): Scalar[];
  /** What `<` and ORDER BY go by. */
  rank(value: Scalar): Scalar;
}

/** For what is one of several. */
export const equality = ['=', '!=', 'in', 'not in'];
/** For what may be missing. */
export const emptiness = ['is', 'is not'];

export const missingValue = (name: string, value: string) =>
  new JqlError(`The value '${value}' does not exist for the field '${name}'.`);

/** Whether a value names an entity: by name or id; a project by its key, a person by e-mail, too. */
export function isCalled(
  entity: Entity & { key?: string; email?: string },
  value: string,
): boolean {
  const wanted = value.toLowerCase();
  return [entity.id, entity.name, entity.key, entity.email].some(
    (name) => name?.toLowerCase() === wanted,
  );
}

/** The words of a field that holds text or a document. */
export const documentText = (value: unknown): string =>
  value && typeof value === 'object' ? adfText(value as AdfNode) : String(value ?? '');
