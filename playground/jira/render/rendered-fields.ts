import type { AdfNode } from '../adf/adf-node.ts';
import { adfText } from '../adf/adf-text.ts';
import type { JiraIssue } from '../jira-data.ts';
import type { JiraField } from '../jira-fields.ts';

/** Documents as HTML, roughly: a paragraph for each line. Other fields are null, as Jira has them. */
export const renderedFields = ({ values }: JiraIssue, fields: JiraField[]) =>
  Object.fromEntries(
    fields.map(({ id, kind }) => [
      id,
      kind === 'document' && values[id] ? toHtml(values[id] as AdfNode) : null,
    ]),
  );

const toHtml = (doc: AdfNode) =>
  adfText(doc)
    .split('\n')
    .map((line) => `<p>${line.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`)
    .join('\n');
