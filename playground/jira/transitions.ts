import type { JiraIssue, JiraTransition } from './jira-data.ts';
import type { JiraSite } from './jira-site.ts';

/** What may be done with an issue in its status. Nothing for who may not. */
export function availableTransitions(site: JiraSite, { values }: JiraIssue): JiraTransition[] {
  if (!site.may('TRANSITION_ISSUES')) return [];
  const project = site.data.projects.find(({ id }) => id === values.project);
  const status = String(values.status);
  return (project?.transitions ?? []).filter(({ from, to }) =>
    from.length > 0 ? from.includes(status) : to !== status,
  );
}
