import type { JiraAttachment, JiraComment, JiraIssue, JiraWorklog } from '../jira-data.ts';
import type { JiraSite } from '../jira-site.ts';
import { categoryJson, linkTypeJson, userJson } from './entity-json.ts';
import { linkedIssueJson } from './linked-issue-json.ts';
import { selfUrl, siteUrl, toJiraTime } from './site-urls.ts';

/** Comments in an issue's field, at most. */
const commentsInField = 100;
const worklogsInField = 20;

/** What an issue shows that is kept elsewhere: comments, links, sub-tasks. */
export function derivedJson(site: JiraSite, issue: JiraIssue, field: string): unknown {
  const { data } = site;
  const derive: Record<string, () => unknown> = {
    statusCategory: () => {
      const status = data.statuses.find(({ id }) => id === issue.values.status);
      return categoryJson(status?.category ?? 'new');
    },
    subtasks: () =>
      data.issues
        .filter(({ values }) => values.parent === issue.id && isSubtask(site, values.issuetype))
        .map((subtask) => linkedIssueJson(data, subtask)),
    issuelinks: () => linksJson(site, issue),
    comment: () => ({
      comments: issue.comments
        .slice(0, commentsInField)
        .map((comment) => commentJson(site, issue, comment)),
      self: selfUrl(`issue/${issue.id}/comment`),
      maxResults: Math.min(issue.comments.length, commentsInField),
      total: issue.comments.length,
      startAt: 0,
    }),
    attachment: () => issue.attachments.map((attachment) => attachmentJson(site, attachment)),
    worklog: () => ({
      startAt: 0,
      maxResults: worklogsInField,
      total: issue.worklogs.length,
      worklogs: issue.worklogs
        .slice(0, worklogsInField)
        .map((each) => worklogJson(site, issue, each)),
    }),
    timespent: () => issue.worklogs.reduce((sum, { seconds }) => sum + seconds, 0) || null,
    watches: () => ({
      self: selfUrl(`issue/${issue.key}/watchers`),
      watchCount: issue.watcherIds.length,
      isWatching: issue.watcherIds.includes(data.meId),
    }),
    votes: () => ({ self: selfUrl(`issue/${issue.key}/votes`), votes: 0, hasVoted: false }),
  };
  return derive[field]?.();
}

const isSubtask = ({ data }: JiraSite, typeId: unknown) =>
  data.issueTypes.some(({ id, level }) => id === typeId && level === -1);

function linksJson({ data }: JiraSite, issue: JiraIssue) {
  return data.links.flatMap(({ id, typeId, from, to }) => {
    const type = data.linkTypes.find((each) => each.id === typeId);
    const other = data.issues.find((each) => each.id === (from === issue.id ? to : from));
    if (!type || !other || (from !== issue.id && to !== issue.id)) return [];
    const side = from === issue.id ? 'outwardIssue' : 'inwardIssue';
    return [
      {
        id,
        self: selfUrl(`issueLink/${id}`),
        type: linkTypeJson(type),
        [side]: linkedIssueJson(data, other),
      },
    ];
  });
}

const person = ({ data }: JiraSite, userId: string) => {
  const user = data.users.find(({ id }) => id === userId);
  return user && userJson(user);
};

export function commentJson(site: JiraSite, issue: JiraIssue, comment: JiraComment) {
  const { id, authorId, body, created, updated, visibility } = comment;
  const author = person(site, authorId);
  return {
    self: selfUrl(`issue/${issue.id}/comment/${id}`),
    id,
    author,
    body,
    updateAuthor: author,
    created: toJiraTime(created),
    updated: toJiraTime(updated),
    ...(visibility ? { visibility: { ...visibility, identifier: visibility.value } } : {}),
    jsdPublic: true,
  };
}

export const attachmentJson = (site: JiraSite, attachment: JiraAttachment) => ({
  self: selfUrl(`attachment/${attachment.id}`),
  id: attachment.id,
  filename: attachment.filename,
  author: person(site, attachment.authorId),
  created: toJiraTime(attachment.created),
  size: attachment.content.length,
  mimeType: attachment.mimeType,
  content: `${siteUrl}/rest/api/3/attachment/content/${attachment.id}`,
});

export function worklogJson(site: JiraSite, issue: JiraIssue, worklog: JiraWorklog) {
  const { id, authorId, comment, started, created, seconds } = worklog;
  const author = person(site, authorId);
  return {
    self: selfUrl(`issue/${issue.id}/worklog/${id}`),
    author,
    updateAuthor: author,
    ...(comment ? { comment } : {}),
    created: toJiraTime(created),
    updated: toJiraTime(created),
    started: toJiraTime(started),
    timeSpent: toTimeSpent(seconds),
    timeSpentSeconds: seconds,
    id,
    issueId: issue.id,
  };
}

/** `1h 30m`; a day has eight hours. */
function toTimeSpent(seconds: number): string {
  const units = [
    ['d', 28_800],
    ['h', 3600],
    ['m', 60],
  ] as const;
  let left = seconds;
  const parts = units.flatMap(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count > 0 ? [`${count}${unit}`] : [];
  });
  return parts.join(' ') || '0m';
}
