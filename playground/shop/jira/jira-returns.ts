import { days, minutes } from '../moment.ts';
import { jiraFieldIds } from './jira-site.ts';
import { sprintAt } from './jira-sprints.ts';
import { emailOf, type StoryParts, toMs } from './jira-story-parts.ts';
import { type Ticket, words } from './jira-ticket.ts';

/** The product that comes back most: what customers say, and what is done about it. */
export function returnTickets({ records, midnight, sprints }: StoryParts, sku: string): Ticket[] {
  const product = records.products.find((each) => each.sku === sku);
  const ordered = new Set(
    records.order_items
      .filter(({ product_id }) => product_id === product?.id)
      .map(({ order_id }) => order_id),
  );
  const returned = records.orders
    .filter(({ id, status }) => status === 'refunded' && ordered.has(id))
    .slice(-4);
  const reasons = [
    'It arrived broken.',
    'The zip does not close.',
    'It is smaller than in the picture.',
    'A part is missing.',
  ];
  const requests = returned.map((order, at): Ticket => {
    const email = emailOf(records, order);
    const created = Math.min(
      toMs(order.created_at) + days(6) + minutes(at * 11),
      midnight - days(1),
    );
    return {
      ref: `return-${order.id}`,
      project: 'SUP',
      type: 'Support request',
      summary: `Return of ${sku} from order #${order.id}`,
      description: words(
        `${email} sends back ${product?.name} (${sku}) of order #${order.id}.`,
        reasons[at] ?? '',
      ),
      created,
      reporter: 5,
      assignee: 6,
      labels: ['return'],
      steps: [
        { to: 'In Progress', at: created + minutes(70), by: 6 },
        { to: 'Resolved', at: Math.min(created + days(2), midnight - minutes(30)), by: 6 },
      ],
      comments: [
        {
          by: 6,
          at: created + minutes(80),
          body: words('Label for the parcel sent. The money goes back when it is here.'),
        },
      ],
      fields: {
        [jiraFieldIds.orderNumber]: `#${order.id}`,
        [jiraFieldIds.customerEmail]: email,
        [jiraFieldIds.affectedSkus]: [sku],
      },
    };
  });
  const created = midnight - days(12);
  return [
    ...requests,
    {
      ref: 'quality',
      project: 'OPS',
      type: 'Task',
      summary: `Check the quality of ${sku} (${product?.name}): most returned product`,
      description: words(
        `${sku} stands in more refunded orders than any other product. Take ten from the shelf and look.`,
      ),
      priority: 'High',
      created,
      reporter: 2,
      assignee: 3,
      labels: ['return', 'quality'],
      components: ['Warehouse'],
      steps: [
        { to: 'In Progress', at: created + days(1), by: 3 },
        { to: 'Blocked', at: created + days(3), by: 3 },
      ],
      fields: {
        [jiraFieldIds.affectedSkus]: [sku],
        [jiraFieldIds.reason]: 'The maker has not answered yet',
        [jiraFieldIds.oldStoryPoints]: 5,
      },
      links: requests.map(({ ref }) => ({ type: 'Problem/Incident', to: ref })),
    },
    {
      ref: 'sizes',
      project: 'SHOP',
      type: 'Story',
      summary: `Show measurements on the page of ${sku}`,
      description: words('Customers send it back because it is smaller than they thought.'),
      created: created + days(2),
      reporter: 1,
      components: ['Catalogue'],
      labels: ['return'],
      fields: {
        [jiraFieldIds.storyPoints]: 2,
        [jiraFieldIds.sprint]: sprintAt(sprints, midnight),
      },
      links: [{ type: 'Relates', to: 'quality' }],
    },
  ];
}
