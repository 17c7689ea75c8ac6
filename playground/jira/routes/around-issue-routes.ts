import { adfFault } from '../adf/adf-fault.ts';
import type { AdfNode } from '../adf/adf-node.ts';
import { toRecord } from '../edit-issue.ts';
import type { JiraIssue } from '../jira-data.ts';
import { recordChange } from '../jira-site.ts';
import { requirePermission } from '../permissions.ts';
import { Refusal } from '../refusal.ts';
import { worklogJson } from '../render/derived-json.ts';
import { linkTypeJson, userJson } from '../render/entity-json.ts';
import { linkedIssueJson } from '../render/linked-issue-json.ts';
import { selfUrl } from '../render/site-urls.ts';
import { Answer, type JiraCall, type Routes, toPage } from '../router.ts';

/** What belongs to an issue and is not a field: links, watchers, work. */
export const aroundIssueRoutes: Routes = {
  'POST /rest/api/3/issueLink': link,
  'GET /rest/api/3/issueLink/{id}': ({ site, params }) => {
    const found = site.data.links.find(({ id }) => id === params.id);
    const type = site.data.linkTypes.find(({ id }) => id === found?.typeId);
    if (!found || !type) throw new Refusal(404, `No issue link with id '${params.id}' exists.`);
    const { data } = site;
    return {
      id: found.id,
      self: selfUrl(`issueLink/${found.id}`),
      type: linkTypeJson(type),
      inwardIssue: linkedIssueJson(data, site.issue(found.from)),
      outwardIssue: linkedIssueJson(data, site.issue(found.to)),
    };
  },
  'GET /rest/api/3/issue/{issue}/remotelink': ({ site, params }) => {
    site.issue(params.issue ?? '');
    return [];
  },
  'GET /rest/api/3/issue/{issue}/watchers': ({ site, params }) => {
    const { key, watcherIds } = site.issue(params.issue ?? '');
    return {
      self: selfUrl(`issue/${key}/watchers`),
      isWatching: watcherIds.includes(site.data.meId),
      watchCount: watcherIds.length,
      watchers: site.data.users.filter(({ id }) => watcherIds.includes(id)).map(userJson),
    };
  },
  'GET /rest/api/3/issue/{issue}/worklog': ({ site, params, query }) => {
    const issue = site.issue(params.issue ?? '');
    const {
      values,
      isLast: _,
      ...page
    } = toPage({ query }, issue.worklogs, { size: 5000, max: 5000 }, (worklog) =>
      worklogJson(site, issue, worklog),
    );
    return { ...page, worklogs: values };
  },
  'POST /rest/api/3/issue/{issue}/worklog': logWork,
};

function link({ site, body }: JiraCall) {
  const { id, name } = toRecord(body.type);
  const type = site.data.linkTypes.find((each) => (id ? each.id === id : each.name === name));
  if (!type) throw new Refusal(404, `No issue link type with name '${name ?? id}' found.`);
  const issueOf = (given: unknown): JiraIssue => {
    const { key, id: issueId } = toRecord(given);
    return site.issue(String(key ?? issueId ?? ''));
  };
  const [from, to] = [issueOf(body.inwardIssue), issueOf(body.outwardIssue)];
  requirePermission(
    site,
    'LINK_ISSUES',
    'You do not have permission to link issues in this project.',
  );
  if (from === to) throw new Refusal(400, 'You cannot link an issue to itself.');
  const exists = site.data.links.some(
    (each) => each.typeId === type.id && each.from === from.id && each.to === to.id,
  );
  if (!exists)
    site.data.links.push({ id: site.newId(), typeId: type.id, from: from.id, to: to.id });
  for (const [issue, other, words] of [
    [from, to, type.outward],
    [to, from, type.inward],
  ] as const)
    site.change(issue, () =>
      recordChange(site, issue, [
        {
          fieldId: 'issuelinks',
          from: null,
          fromText: null,
          to: other.key,
          toText: `This issue ${words} ${other.key}`,
        },
      ]),
    );
  return new Answer(201, undefined);
}

const units: Record<string, number> = { w: 144_000, d: 28_800, h: 3600, m: 60 };

function logWork({ site, params, body }: JiraCall) {
  const issue = site.issue(params.issue ?? '');
  requirePermission(
    site,
    'WORK_ON_ISSUES',
    'You do not have the permission to associate a worklog to this issue.',
  );
  const seconds = toSeconds(body);
  if (!seconds)
    throw new Refusal(400, [], { timeLogged: 'You must indicate the time spent working.' });
  if (body.comment !== undefined && adfFault(body.comment))
    throw new Refusal(400, [], { comment: 'Comment body is not valid!' });
  const started = body.started === undefined ? site.now() : Date.parse(String(body.started));
  if (!/T.*[+-]\d{4}$/.test(String(body.started ?? 'T+0000')) || Number.isNaN(started))
    throw new Refusal(400, [], {
      started: "The date must have the format yyyy-MM-dd'T'HH:mm:ss.SSSZ.",
    });
  const worklog = {
    id: site.newId(),
    authorId: site.data.meId,
    ...(body.comment === undefined ? {} : { comment: body.comment as AdfNode }),
    started,
    created: site.now(),
    seconds,
  };
  site.change(issue, () => issue.worklogs.push(worklog));
  return new Answer(201, worklogJson(site, issue, worklog));
}

function toSeconds({ timeSpent, timeSpentSeconds }: Record<string, unknown>): number {
  if (typeof timeSpentSeconds === 'number') return timeSpentSeconds;
  const text = String(timeSpent ?? '').trim();
  if (!/^(?:\d+(?:\.\d+)?[wdhm]\s*)+$/.test(text)) return 0;
  return [...text.matchAll(/([\d.]+)([wdhm])/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0),
    0,
  );
}
