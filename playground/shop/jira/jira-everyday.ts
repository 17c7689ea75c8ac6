import {
  bulletList,
  code,
  codeBlock,
  doc,
  heading,
  panel,
  paragraph,
} from '../../jira/adf/write-adf.ts';
import type { JiraSprint } from '../../jira/jira-data.ts';
import { days, minutes, toDate } from '../moment.ts';
import type { Random } from '../random.ts';
import type { ShopRecords } from '../shop-records.ts';
import { jiraFieldIds, type PriorityName, type StatusName } from './jira-site.ts';
import { sprintAt } from './jira-sprints.ts';
import { type Ticket, words } from './jira-ticket.ts';
import { epics, oddRemarks, operationsWork, remarks, shopWork, supportWork } from './jira-words.ts';

interface Parts {
  records: ShopRecords;
  random: Random;
  midnight: number;
  sprints: JiraSprint[];
}

/** How far back the tickets go, in days. */
const span = 180;
const priorities: PriorityName[] = ['Medium', 'Medium', 'High', 'Low', 'Highest', 'Lowest'];
const supporters = [4, 5, 6];

/** The usual work of half a year. */
export const everydayTickets = (parts: Parts): Ticket[] => [
  ...shopTickets(parts),
  ...operationsTickets(parts),
  ...supportTickets(parts),
];

/** The way that a ticket has gone: old ones are done, new ones have hardly begun. */
function walk(
  { random, midnight }: Parts,
  { created, path, by }: { created: number; path: StatusName[]; by: number },
): NonNullable<Ticket['steps']> {
  const steps: NonNullable<Ticket['steps']> = [];
  let at = created;
  for (const to of path) {
    at += minutes(random.int(90, 60 * 24 * 4));
    if (at >= midnight) break;
    steps.push({ to, at, by });
    if (random.chance(0.12)) break;
  }
  return steps;
}

function toComments({ random, midnight }: Parts, created: number, people: readonly number[]) {
  const count = random.pick([0, 1, 2, 3, 5], 1.6);
  let at = created;
  return Array.from({ length: count }, () => {
    at += minutes(random.int(30, 2400));
    const text = random.chance(0.08) ? random.pick(oddRemarks) : random.pick(remarks);
    return { by: random.pick(people), at, body: words(text) };
  }).filter((comment) => comment.at < midnight);
}

function shopTickets(parts: Parts): Ticket[] {
  const { random, midnight } = parts;
  const tickets = epics.map(
    ([summary, component], at): Ticket => ({
      ref: `epic-${component}`,
      project: 'SHOP',
      type: 'Epic',
      summary,
      description: doc(
        heading(2, 'Why'),
        paragraph('Fewer people should leave before they have what they came for.'),
        bulletList('measure first', 'small steps', 'no big rewrite'),
      ),
      created: midnight - days(span + 8 - at) + minutes(540),
      reporter: 0,
      assignee: at,
      priority: 'High',
      steps: [{ to: 'In Progress', at: midnight - days(span - 2 - at), by: 0 }],
    }),
  );
  for (const [component, work] of Object.entries(shopWork))
    for (const [index, [type, summary]] of work.entries()) {
      const ref = `shop-${component}-${index}`;
      const ticket = shopTicket(parts, { ref, type, summary, component });
      tickets.push(ticket);
      if (type === 'Story' && random.chance(0.5)) tickets.push(...subtasks(parts, ticket));
    }
  return tickets;
}

function shopTicket(
  parts: Parts,
  {
    ref,
    type,
    summary,
    component,
  }: Pick<Ticket, 'ref' | 'type' | 'summary'> & { component: string },
): Ticket {
  const { random, midnight, sprints } = parts;
  const created = midnight - days(random.int(1, span)) + minutes(random.int(420, 1080));
  const assignee = random.chance(0.06) ? 7 : random.int(0, 3);
  const isBacklog = random.chance(0.2);
  const steps = isBacklog
    ? []
    : walk(parts, { created, path: ['In Progress', 'In Review', 'Done'], by: assignee });
  const last = steps.at(-1);
  const isDone = last?.to === 'Done';
  const priority = random.pick(priorities, 1.5);
  const inSprint = isDone
    ? sprintAt(sprints, last.at)
    : steps.length > 0
      ? sprintAt(sprints, midnight)
      : [];
  return {
    ref,
    project: 'SHOP',
    type,
    summary,
    description:
      type === 'Bug'
        ? bugReport(parts, component)
        : words(`As a customer I want this: ${summary}.`),
    priority,
    created,
    reporter: random.int(0, 6),
    ...(isBacklog && random.chance(0.6) ? {} : { assignee }),
    steps,
    ...(isDone && random.chance(0.1) ? { resolution: 'Won’t Do' } : {}),
    comments: toComments(parts, created, [0, 1, 2, 3, assignee]),
    ...(type === 'Sub-task' ? {} : { parent: `epic-${component}` }),
    labels: random.chance(0.3)
      ? [random.pick(['mobile', 'accessibility', 'tech-debt', 'seo'])]
      : [],
    components: [component],
    ...(isDone
      ? { fixVersions: [random.pick(['3.8', '3.9'])] }
      : random.chance(0.3)
        ? { fixVersions: ['4.0'] }
        : {}),
    ...(random.chance(0.2) ? { due: toDate(created + days(random.int(10, 60))) } : {}),
    ...(random.chance(0.2)
      ? {
          priorityBefore: {
            was: priority === 'Low' ? 'Medium' : 'Low',
            at: created + minutes(45),
            by: 0,
          },
        }
      : {}),
    fields: {
      ...(type === 'Bug' && random.chance(0.5)
        ? {}
        : { [jiraFieldIds.storyPoints]: random.pick([1, 2, 3, 5, 8, 13], 1.4) }),
      ...(inSprint.length > 0 ? { [jiraFieldIds.sprint]: inSprint } : {}),
    },
    ...(isDone && random.chance(0.3)
      ? { worklogs: [{ by: assignee, at: last.at, seconds: random.int(1, 16) * 1800 }] }
      : {}),
  };
}

const bugReport = ({ random }: Parts, component: string) =>
  doc(
    panel('warning', `Seen by ${random.int(2, 40)} customers last week.`),
    paragraph('The console says in ', code(`${component.toLowerCase()}.js`), ':'),
    codeBlock('text', "TypeError: cannot read properties of undefined (reading 'price')"),
  );

const subtasks = (parts: Parts, story: Ticket): Ticket[] =>
  ['Draw it', 'Build it'].map((summary, at) => {
    const created = story.created + minutes(60 + at);
    const done = story.steps?.at(-1)?.to === 'Done';
    return {
      ref: `${story.ref}-sub-${at}`,
      project: 'SHOP',
      type: 'Sub-task',
      summary: `${summary}: ${story.summary}`,
      created,
      reporter: story.reporter,
      assignee: story.assignee ?? 0,
      parent: story.ref,
      steps: done
        ? walk(
            { ...parts, midnight: story.steps?.at(-1)?.at ?? parts.midnight },
            { created, path: ['In Progress', 'Done'], by: 1 },
          )
        : [],
    };
  });

function operationsTickets(parts: Parts): Ticket[] {
  const { random, midnight } = parts;
  return operationsWork.map(([type, summary, component], at): Ticket => {
    const created = midnight - days(random.int(2, span)) + minutes(random.int(60, 1380));
    const assignee = random.int(2, 3);
    const steps = walk(parts, { created, path: ['In Progress', 'Done'], by: assignee });
    return {
      ref: `ops-${at}`,
      project: 'OPS',
      type,
      summary,
      description:
        type === 'Incident'
          ? words('Seen by the monitoring.', `Part: ${component}.`)
          : words(summary),
      priority:
        type === 'Incident' ? random.pick(['High', 'Highest', 'Medium']) : random.pick(priorities),
      created,
      reporter: random.int(2, 3),
      assignee,
      steps,
      comments: toComments(parts, created, [2, 3]),
      components: [component],
      labels: type === 'Incident' ? ['incident'] : [],
      fields: {
        ...(type === 'Incident'
          ? { [jiraFieldIds.severity]: random.pick(['10401', '10402']) }
          : {}),
        ...(type === 'Task' ? { [jiraFieldIds.oldStoryPoints]: random.int(1, 8) } : {}),
      },
      ...(at % 5 === 4 ? { links: [{ type: 'Relates', to: `ops-${at - 1}` }] } : {}),
    };
  });
}

const supportCount = 44;

/** Of real orders of real customers, so that they can be looked up. */
function supportTickets(parts: Parts): Ticket[] {
  const { records, random, midnight } = parts;
  const begin = toDate(midnight - days(span));
  const recent = records.orders.filter(
    ({ created_at }) => created_at > begin && created_at < toDate(midnight - days(3)),
  );
  if (recent.length === 0) return [];
  return Array.from({ length: supportCount }, (_, at): Ticket => {
    const order = random.pick(recent);
    const line = records.order_items.find(({ order_id }) => order_id === order.id);
    const sku = records.products.find(({ id }) => id === line?.product_id)?.sku ?? '';
    const email = records.users.find(({ id }) => id === order.user_id)?.email ?? '';
    const [summary, text, label] = random.pick(supportWork);
    const fill = (template: string) =>
      template
        .replaceAll('{order}', `#${order.id}`)
        .replaceAll('{sku}', sku)
        .replaceAll('{email}', email);
    const bought = Date.parse(`${order.created_at.replace(' ', 'T')}Z`);
    const created = bought + minutes(random.int(60, 60 * 60));
    const assignee = random.pick(supporters);
    const steps = walk(parts, {
      created,
      path: ['In Progress', 'Waiting for customer', 'Resolved'],
      by: assignee,
    });
    return {
      ref: `sup-${at}`,
      project: 'SUP',
      type: 'Support request',
      summary: fill(summary),
      description: words(fill(text)),
      priority: random.pick(priorities),
      created,
      reporter: random.pick(supporters),
      ...(steps.length > 0 ? { assignee } : {}),
      steps,
      comments: toComments(parts, created, supporters),
      labels: [label],
      fields: {
        [jiraFieldIds.orderNumber]: `#${order.id}`,
        [jiraFieldIds.customerEmail]: email,
        ...(sku ? { [jiraFieldIds.affectedSkus]: [sku] } : {}),
      },
    };
  });
}
