import type { JiraChange, JiraIssue } from '../jira-data.ts';
import type { JiraField } from '../jira-fields.ts';
import type { JiraSite } from '../jira-site.ts';
import { userJson } from './entity-json.ts';
import { fieldJson } from './field-json.ts';
import { selfUrl, toJiraTime } from './site-urls.ts';

/** Not among `*navigable`: whole lists. */
const notNavigable = ['comment', 'worklog', 'attachment'];

/** The fields that were asked for: ids, `*all`, `*navigable`, and `-id` for one that is not wanted. */
export function selectFields(site: JiraSite, asked: string[]): JiraField[] {
  const unwanted = new Set(
    asked.filter((name) => name.startsWith('-')).map((name) => name.slice(1)),
  );
  const wanted = asked.filter((name) => !name.startsWith('-'));
  const all = wanted.includes('*all') || (wanted.length === 0 && unwanted.size > 0);
  const fits = ({ id }: JiraField) =>
    all || wanted.includes(id) || (wanted.includes('*navigable') && !notNavigable.includes(id));
  return site.data.fields.filter(
    (field) => field.id !== 'issuekey' && fits(field) && !unwanted.has(field.id),
  );
}

/** An issue with these fields. A field that the issue's project does not show is left out, as Jira does. */
export function issueJson(site: JiraSite, issue: JiraIssue, fields: JiraField[]) {
  const project = site.data.projects.find(({ id }) => id === issue.values.project);
  const shown = fields.filter(
    ({ id, schema }) =>
      !schema.custom || project?.fieldIds.includes(id) || issue.values[id] != null,
  );
  return {
    expand: 'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations',
    id: issue.id,
    self: selfUrl(`issue/${issue.id}`),
    key: issue.key,
    fields: Object.fromEntries(
      shown.flatMap((field) => {
        const value = fieldJson(site, issue, field);
        // Jira leaves a missing parent out; other empty fields are null.
        return field.id === 'parent' && value === null ? [] : [[field.id, value]];
      }),
    ),
  };
}

/** What `expand=names,schema` adds. */
export const namesAndSchema = (fields: JiraField[], expand: string[]) => ({
  ...(expand.includes('names')
    ? { names: Object.fromEntries(fields.map(({ id, name }) => [id, name])) }
    : {}),
  ...(expand.includes('schema')
    ? { schema: Object.fromEntries(fields.map(({ id, schema }) => [id, schema])) }
    : {}),
});

/** A step of an issue's history. */
export function changeJson(
  { data, field }: JiraSite,
  { id, authorId, created, items }: JiraChange,
) {
  const author = data.users.find((user) => user.id === authorId);
  return {
    id,
    ...(author ? { author: userJson(author) } : {}),
    created: toJiraTime(created),
    items: items.map(({ fieldId, from, fromText, to, toText }) => {
      const changed = field(fieldId);
      return {
        field: changed?.schema.custom ? changed.name : toHistoryName(fieldId),
        fieldtype: changed?.schema.custom ? 'custom' : 'jira',
        fieldId,
        from,
        fromString: fromText,
        to,
        toString: toText,
      };
    }),
  };
}

/** Some fields have an older name in an issue's history. */
const toHistoryName = (id: string) =>
  ({
    fixVersions: 'Fix Version',
    versions: 'Version',
    components: 'Component',
    parent: 'IssueParentAssociation',
  })[id] ?? id;
