import { adfText } from '../adf/adf-text.ts';
import type { JiraIssue } from '../jira-data.ts';
import type { JiraSite } from '../jira-site.ts';
import { JqlError } from './jql-error.ts';
import {
  documentText,
  emptiness,
  equality,
  isCalled,
  missingValue,
  type Scalar,
  type SearchField,
} from './search-field.ts';

const comparison = ['>', '>=', '<', '<='];

/** What can be searched by though no field holds it: keys, all texts, comments, watchers. */
export function specialFields(site: JiraSite): SearchField[] {
  const { data } = site;
  const base = { sortable: false, rank: (value: Scalar) => value, read: () => [] };
  const textOnly = {
    ...base,
    type: 'text',
    operators: ['~', '!~'],
    resolve: (value: string) => [value],
  };
  const categories: Record<string, string> = {
    'to do': 'new',
    'in progress': 'indeterminate',
    done: 'done',
  };
  const keyNumber = (key: Scalar) => {
    const issue = site.findIssue(String(key));
    const [project = '', number = '0'] = (issue?.key ?? '').split('-');
    return `${project} ${number.padStart(9, '0')}`;
  };
  return [
    {
      ...base,
      name: 'key',
      names: ['key', 'issuekey', 'issue', 'id'],
      fieldId: 'issuekey',
      type: 'issue',
      operators: [...equality, ...comparison],
      sortable: true,
      read: ({ id }) => [id],
      resolve: (value) => {
        const issue = site.findIssue(value);
        if (!issue)
          throw new JqlError(`An issue with key '${value}' does not exist for field 'key'.`);
        return [issue.id];
      },
      rank: keyNumber,
    },
    {
      ...textOnly,
      name: 'text',
      names: ['text'],
      fieldId: 'text',
      text: (issue) => wholeText(site, issue),
    },
    { ...textOnly, name: 'comment', names: ['comment'], fieldId: 'comment', text: commentText },
    {
      ...base,
      name: 'statusCategory',
      names: ['statusCategory'],
      fieldId: 'statusCategory',
      type: 'statusCategory',
      operators: equality,
      sortable: true,
      read: ({ values }) => [
        data.statuses.find(({ id }) => id === values.status)?.category ?? 'new',
      ],
      resolve: (value) => {
        const key =
          categories[value.toLowerCase()] ??
          Object.values(categories).find((each) => each === value);
        if (!key) throw missingValue('statusCategory', value);
        return [key];
      },
    },
    {
      ...base,
      name: 'Epic Link',
      names: ['Epic Link', 'parentEpic'],
      fieldId: 'parent',
      type: 'issue',
      operators: [...equality, ...emptiness],
      read: ({ values }) => (typeof values.parent === 'string' ? [values.parent] : []),
      resolve: (value) => {
        const issue = site.findIssue(value);
        if (!issue)
          throw new JqlError(`An issue with key '${value}' does not exist for field 'Epic Link'.`);
        return [issue.id];
      },
    },
    {
      ...base,
      name: 'watcher',
      names: ['watcher'],
      fieldId: 'watcher',
      type: 'user',
      operators: [...equality, ...emptiness],
      read: ({ watcherIds }) => watcherIds,
      resolve: (value) => {
        const found = data.users.filter((user) => isCalled(user, value));
        if (found.length === 0) throw missingValue('watcher', value);
        return found.map(({ id }) => id);
      },
    },
    {
      ...base,
      name: 'attachments',
      names: ['attachments'],
      fieldId: 'attachment',
      type: 'attachment',
      operators: emptiness,
      read: ({ attachments }) => attachments.map(({ id }) => id),
      resolve: (value) => [value],
    },
    {
      ...base,
      name: 'issueLinkType',
      names: ['issueLinkType'],
      fieldId: 'issuelinks',
      type: 'issueLinkType',
      operators: [...equality, ...emptiness],
      read: ({ id }) =>
        data.links.filter(({ from, to }) => from === id || to === id).map(({ typeId }) => typeId),
      resolve: (value) => {
        const found = data.linkTypes.filter(({ name, inward, outward }) =>
          [name, inward, outward].some((each) => each.toLowerCase() === value.toLowerCase()),
        );
        if (found.length === 0) throw missingValue('issueLinkType', value);
        return found.map(({ id }) => id);
      },
    },
  ];
}

const commentText = (issue: JiraIssue) =>
  issue.comments.map(({ body }) => adfText(body)).join('\n');

function wholeText({ data }: JiraSite, issue: JiraIssue): string {
  const texts = data.fields
    .filter(
      ({ kind, schema }) => ['text', 'document'].includes(kind) && !schema.custom?.includes('rank'),
    )
    .map(({ id }) => documentText(issue.values[id]));
  return [...texts, commentText(issue)].join('\n');
}
