import type { FieldValue, JiraIssue } from '../jira-data.ts';
import type { EntityKind, JiraField } from '../jira-fields.ts';
import type { JiraSite } from '../jira-site.ts';
import { derivedJson } from './derived-json.ts';
import {
  componentJson,
  issueTypeJson,
  optionJson,
  priorityJson,
  projectJson,
  resolutionJson,
  sprintJson,
  statusJson,
  userJson,
  versionJson,
} from './entity-json.ts';
import { linkedIssueJson } from './linked-issue-json.ts';
import { toJiraTime } from './site-urls.ts';

/** The value of an issue's field as Jira shows it; `null` where it is empty, `[]` for lists of the system. */
export function fieldJson(site: JiraSite, issue: JiraIssue, field: JiraField): unknown {
  if (field.kind === 'derived') return derivedJson(site, issue, field.id);
  const value = issue.values[field.id] ?? null;
  if (Array.isArray(value) && field.of) {
    const { of } = field;
    return value.map((id) => entityJson(site, of, id));
  }
  if (value === null) return field.schema.items && !field.schema.custom ? [] : null;
  if (field.kind === 'moment') return toJiraTime(Number(value));
  return field.of ? entityJson(site, field.of, value) : value;
}

/** An entity of the site as it stands in a field. */
export function entityJson({ data }: JiraSite, kind: EntityKind, id: FieldValue): unknown {
  const find = <T extends { id: string | number }, Out>(items: T[], toJson: (item: T) => Out) => {
    const found = items.find((item) => String(item.id) === id);
    return found ? toJson(found) : null;
  };
  const toJson: Record<EntityKind, () => unknown> = {
    users: () => find(data.users, userJson),
    projects: () => find(data.projects, projectJson),
    issueTypes: () => find(data.issueTypes, issueTypeJson),
    statuses: () => find(data.statuses, statusJson),
    priorities: () => find(data.priorities, priorityJson),
    resolutions: () => find(data.resolutions, resolutionJson),
    components: () => find(data.components, componentJson),
    versions: () => find(data.versions, versionJson),
    options: () => find(data.options, optionJson),
    sprints: () => find(data.sprints, sprintJson),
    issues: () => find(data.issues, (issue) => linkedIssueJson(data, issue)),
  };
  return toJson[kind]();
}
