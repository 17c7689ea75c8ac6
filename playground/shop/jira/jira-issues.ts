import type {
  FieldValue,
  JiraChange,
  JiraChangeItem,
  JiraData,
  JiraIssue,
} from '../../jira/jira-data.ts';
import { jiraPeople } from './jira-people.ts';
import {
  jiraSite,
  priorityIds,
  resolutionIds,
  type StatusName,
  statusIds,
  typeIds,
} from './jira-site.ts';
import type { Ticket } from './jira-ticket.ts';

const personId = (at: number) => jiraPeople[at]?.id ?? '';
const personName = (at: number) => jiraPeople[at]?.name ?? '';

/** Numbers the tickets in the order in which they were made and gives each its history. */
export function jiraIssues(tickets: Ticket[]): Pick<JiraData, 'issues' | 'links'> {
  const numbers: Record<string, number> = {};
  const ids = openIds();
  const byRef = new Map<string, JiraIssue>();
  const inOrder = tickets.toSorted((a, b) => a.created - b.created || (a.ref < b.ref ? -1 : 1));
  for (const ticket of inOrder) {
    const number = (numbers[ticket.project] ?? 0) + 1;
    numbers[ticket.project] = number;
    byRef.set(ticket.ref, toIssue(ticket, { key: `${ticket.project}-${number}`, ids, byRef }));
  }
  const links = inOrder.flatMap(({ ref, links: own = [] }) =>
    own.flatMap(({ type, to }) => {
      const [from, target] = [byRef.get(ref), byRef.get(to)];
      const typeId = jiraSite.linkTypes.find(({ name }) => name === type)?.id;
      return from && target && typeId ? [{ id: ids(), typeId, from: from.id, to: target.id }] : [];
    }),
  );
  return { issues: [...byRef.values()], links };
}

function openIds() {
  let last = 30_000;
  return () => String(++last);
}

interface Context {
  key: string;
  ids: () => string;
  byRef: Map<string, JiraIssue>;
}

function toIssue(ticket: Ticket, { key, ids, byRef }: Context): JiraIssue {
  const project = jiraSite.projects.find((each) => each.key === ticket.project);
  const created = ticket.created;
  const comments = (ticket.comments ?? []).map(({ by, at, body }) => ({
    id: ids(),
    authorId: personId(by),
    body,
    created: at,
    updated: at,
  }));
  const changes = toChanges(ticket, ids, project?.statusIds[0] ?? '');
  const worklogs = (ticket.worklogs ?? []).map(({ by, at, seconds }) => ({
    id: ids(),
    authorId: personId(by),
    started: at,
    created: at,
    seconds,
  }));
  const moments = [...changes, ...comments, ...worklogs].map((each) => each.created);
  return {
    id: ids(),
    key,
    oldKeys: [],
    values: {
      ...toValues(ticket, byRef),
      project: project?.id ?? null,
      status: statusIds[ticket.steps?.at(-1)?.to ?? 'To Do'] ?? null,
      ...(ticket.steps?.length ? {} : { status: project?.statusIds[0] ?? null }),
      created,
      updated: Math.max(created, ...moments),
      ...toDoneValues(ticket),
      ...ticket.fields,
    },
    comments,
    changes,
    attachments: (ticket.attachments ?? []).map((attachment) => ({
      id: ids(),
      authorId: personId(ticket.reporter),
      created,
      ...attachment,
    })),
    worklogs,
    watcherIds: [...new Set([ticket.reporter, ...(ticket.watchers ?? [])])].map(personId),
  };
}

function toValues(ticket: Ticket, byRef: Map<string, JiraIssue>): Record<string, FieldValue> {
  const parent = ticket.parent ? byRef.get(ticket.parent) : undefined;
  const idsOf = (list: { id: string; name: string }[], names: string[] = []) =>
    names.flatMap((name) => list.find((each) => each.name === name)?.id ?? []);
  return {
    summary: ticket.summary,
    description: ticket.description ?? null,
    issuetype: typeIds[ticket.type],
    priority: priorityIds[ticket.priority ?? 'Medium'],
    assignee: ticket.assignee === undefined ? null : personId(ticket.assignee),
    reporter: personId(ticket.reporter),
    creator: personId(ticket.reporter),
    labels: ticket.labels ?? [],
    components: idsOf(jiraSite.components, ticket.components),
    fixVersions: idsOf(jiraSite.versions, ticket.fixVersions),
    duedate: ticket.due ?? null,
    parent: parent?.id ?? null,
  };
}

/** When it was done, and how. */
function toDoneValues({ steps = [], resolution = 'Done' }: Ticket): Record<string, FieldValue> {
  const last = steps.at(-1);
  if (!last) return {};
  const done = last.to === 'Done' || last.to === 'Resolved';
  return {
    statuscategorychangedate: last.at,
    ...(done ? { resolution: resolutionIds[resolution], resolutiondate: last.at } : {}),
  };
}

function toChanges(ticket: Ticket, ids: () => string, firstStatus: string): JiraChange[] {
  const { steps = [], assignee, priorityBefore, priority = 'Medium', resolution = 'Done' } = ticket;
  const changes: Omit<JiraChange, 'id'>[] = [];
  const note = (at: number, by: number, ...items: JiraChangeItem[]) =>
    changes.push({ authorId: personId(by), created: at, items });
  const firstName = jiraSite.statuses.find(({ id }) => id === firstStatus)?.name ?? '';
  let before = firstName as StatusName;
  for (const [index, { to, at, by }] of steps.entries()) {
    const items = [toItem('status', [statusIds[before], before], [statusIds[to], to])];
    if (index === 0 && assignee !== undefined)
      items.push(toItem('assignee', undefined, [personId(assignee), personName(assignee)]));
    if (to === 'Done' || to === 'Resolved')
      items.push(toItem('resolution', undefined, [resolutionIds[resolution], resolution]));
    note(at, by, ...items);
    before = to;
  }
  if (priorityBefore) {
    const { was, at, by } = priorityBefore;
    note(at, by, toItem('priority', [priorityIds[was], was], [priorityIds[priority], priority]));
  }
  return changes
    .toSorted((a, b) => a.created - b.created)
    .map((change) => ({ id: ids(), ...change }));
}

const toItem = (
  fieldId: string,
  from: [id: string, text: string] | undefined,
  to: [id: string, text: string],
): JiraChangeItem => ({
  fieldId,
  from: from?.[0] ?? null,
  fromText: from?.[1] ?? null,
  to: to[0],
  toText: to[1],
});
