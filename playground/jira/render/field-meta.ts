import { candidates } from '../field-input.ts';
import type { JiraField } from '../jira-fields.ts';
import type { JiraSite } from '../jira-site.ts';
import { entityJson } from './field-json.ts';
import { siteUrl } from './site-urls.ts';

/** Chosen by searching, not from a list that comes along. */
const searched = ['users', 'issues', 'sprints'];

/** What a screen says of a field: its type, whether it must be filled, what may be chosen. */
export function fieldMeta(
  site: JiraSite,
  field: JiraField,
  { projectId, required }: { projectId: string; required: boolean },
) {
  const { id, name, schema, kind, of } = field;
  const isList = kind === 'entities' || kind === 'labels';
  const choices =
    of && !searched.includes(of)
      ? {
          allowedValues: candidates(site, field, projectId).map((each) =>
            entityJson(site, of, each.id),
          ),
        }
      : {};
  return {
    required,
    schema,
    name,
    key: id,
    hasDefaultValue: id === 'priority',
    operations: isList ? ['add', 'set', 'remove'] : ['set'],
    ...choices,
    ...(of === 'users'
      ? {
          autoCompleteUrl: `${siteUrl}/rest/api/3/user/assignable/search?project=${projectId}&query=`,
        }
      : {}),
  };
}
