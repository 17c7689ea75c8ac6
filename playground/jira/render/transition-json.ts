import type { JiraIssue, JiraTransition } from '../jira-data.ts';
import type { JiraSite } from '../jira-site.ts';
import { statusJson } from './entity-json.ts';
import { fieldMeta } from './field-meta.ts';

/** Comments may be on a screen, and are never told among its fields. */
export const commentField = 'comment';

/** A step of a workflow, with the fields of its screen when they were asked for. */
export function transitionJson(
  site: JiraSite,
  { values }: JiraIssue,
  { id, name, from, to, screen = [] }: JiraTransition,
  withFields = false,
) {
  const status = site.data.statuses.find((each) => each.id === to);
  const projectId = String(values.project);
  const fields = screen.flatMap(({ field: fieldId, required }) => {
    const field = site.field(fieldId);
    return field && fieldId !== commentField
      ? [[fieldId, fieldMeta(site, field, { projectId, required })]]
      : [];
  });
  return {
    id,
    name,
    ...(status ? { to: statusJson(status) } : {}),
    hasScreen: screen.length > 0,
    isGlobal: from.length === 0,
    isInitial: false,
    isAvailable: true,
    isConditional: false,
    looped: false,
    ...(withFields ? { fields: Object.fromEntries(fields) } : {}),
  };
}
