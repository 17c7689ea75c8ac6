import type { JiraData, JiraIssue } from '../jira-data.ts';
import { issueTypeJson, priorityJson, statusJson } from './entity-json.ts';
import { selfUrl } from './site-urls.ts';

/** The little of an issue that stands in another one: as its parent, a sub-task, a link. */
export function linkedIssueJson(data: JiraData, { id, key, values }: JiraIssue) {
  const status = data.statuses.find((each) => each.id === values.status);
  const priority = data.priorities.find((each) => each.id === values.priority);
  const type = data.issueTypes.find((each) => each.id === values.issuetype);
  return {
    id,
    key,
    self: selfUrl(`issue/${id}`),
    fields: {
      summary: values.summary,
      ...(status ? { status: statusJson(status) } : {}),
      ...(priority ? { priority: priorityJson(priority) } : {}),
      ...(type ? { issuetype: issueTypeJson(type) } : {}),
    },
  };
}
