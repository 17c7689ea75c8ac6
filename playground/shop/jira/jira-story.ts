import { doc, mention, paragraph, strong, taskList } from '../../jira/adf/write-adf.ts';
import type { JiraSprint } from '../../jira/jira-data.ts';
import { days, minutes, startOfDay, toDate } from '../moment.ts';
import type { ShopOrder, ShopRecords } from '../shop-records.ts';
import { shopStory } from '../story.ts';
import { outageTickets } from './jira-outage.ts';
import { jiraPeople } from './jira-people.ts';
import { returnTickets } from './jira-returns.ts';
import { jiraFieldIds } from './jira-site.ts';
import { emailOf, type StoryParts, toMs } from './jira-story-parts.ts';
import { type Ticket, words } from './jira-ticket.ts';

/** The tickets that tell what happened in the shop lately, as the other sources tell it. */
export function storyTickets(
  records: ShopRecords,
  { today, sprints }: { today: Date; sprints: JiraSprint[] },
): Ticket[] {
  const parts: StoryParts = { records, midnight: startOfDay(today), sprints };
  const story = shopStory(records, { today });
  const failed = ordersOf(records, story.failedPaymentOrders);
  const late = ordersOf(records, story.lateShipmentOrders);
  return [
    ...(failed.length > 0 ? outageTickets(parts, failed, story.outageDay) : []),
    ...failed.map((order, at) => refusedCardTicket(parts, order, at)),
    ...late.map((order, at) => lateParcelTicket(parts, order, at)),
    ...story.lowStockSkus.map((sku, at) => lowStockTicket(parts, sku, at)),
    ...(story.returnedSku ? returnTickets(parts, story.returnedSku) : []),
    ...(story.bigCustomer ? [bigCustomerTicket(parts, story.bigCustomer)] : []),
  ];
}

const ordersOf = ({ orders }: ShopRecords, ids: number[]): ShopOrder[] =>
  ids.flatMap((id) => orders.find((order) => order.id === id) ?? []);

function refusedCardTicket(
  { records, midnight }: StoryParts,
  order: ShopOrder,
  at: number,
): Ticket {
  const email = emailOf(records, order);
  const created = Math.min(toMs(order.created_at) + minutes(25 + at), midnight + minutes(60 + at));
  return {
    ref: `refused-card-${order.id}`,
    project: 'SUP',
    type: 'Support request',
    summary: `Card refused for order #${order.id}`,
    description: words(
      `${email} writes: I wanted to pay order #${order.id} (${order.total} EUR) by card and it was refused. My bank says that all is well.`,
    ),
    priority: 'High',
    created,
    reporter: 5,
    assignee: 4 + (at % 3),
    labels: ['payments', 'quillpay'],
    steps: [{ to: 'In Progress', at: created + minutes(20), by: 4 + (at % 3) }],
    comments: [
      {
        by: 4 + (at % 3),
        at: created + minutes(24),
        body: words('Told the customer: the fault is Quillpay’s, not theirs.'),
      },
    ],
    fields: {
      [jiraFieldIds.orderNumber]: `#${order.id}`,
      [jiraFieldIds.customerEmail]: email,
      [jiraFieldIds.paymentProvider]: '10410',
    },
  };
}

function lateParcelTicket({ records, midnight }: StoryParts, order: ShopOrder, at: number): Ticket {
  const shipment = records.shipments.find(({ order_id }) => order_id === order.id);
  const email = emailOf(records, order);
  const created = midnight - days(1) - minutes(300 + 97 * at);
  const tracking = shipment?.tracking_code
    ? ` under ${shipment.tracking_code}`
    : ' without a tracking code';
  return {
    ref: `late-parcel-${order.id}`,
    project: 'SUP',
    type: 'Support request',
    summary: `Where is my parcel? Order #${order.id}`,
    description: words(
      `${email} waits for order #${order.id}. It left on ${shipment?.shipped_at.slice(0, 10)} with ${shipment?.carrier}${tracking} and has not arrived.`,
    ),
    created,
    reporter: 5,
    ...(at % 2 === 0 ? { assignee: 6 } : {}),
    labels: ['late-shipment'],
    steps:
      at % 2 === 0
        ? [
            { to: 'In Progress', at: created + minutes(50), by: 6 },
            { to: 'Waiting for customer', at: created + minutes(95), by: 6 },
          ]
        : [],
    fields: {
      [jiraFieldIds.orderNumber]: `#${order.id}`,
      [jiraFieldIds.customerEmail]: email,
    },
  };
}

function lowStockTicket({ records, midnight }: StoryParts, sku: string, at: number): Ticket {
  const product = records.products.find((each) => each.sku === sku);
  const stock = product?.stock ?? 0;
  const created = midnight - days(at % 5) - minutes(400 + 31 * at);
  return {
    ref: `low-stock-${sku}`,
    project: 'OPS',
    type: 'Task',
    summary: `Reorder ${sku}: ${stock === 0 ? 'sold out' : `${stock} left`}`,
    description: doc(
      paragraph(
        strong(product?.name ?? sku),
        ` (${sku}) is ${stock === 0 ? 'sold out' : 'running low'}.`,
      ),
      taskList(`reorder-${sku}`, ['Ask the maker for a date', at % 2 === 0], ['Order', false]),
    ),
    priority: stock === 0 ? 'High' : 'Medium',
    created,
    reporter: 3,
    ...(at % 3 === 0 ? {} : { assignee: 3 }),
    labels: ['low-stock'],
    components: ['Warehouse'],
    due: toDate(midnight + days(3 + (at % 6))),
    steps: at % 3 === 1 ? [{ to: 'In Progress', at: created + minutes(200), by: 3 }] : [],
    fields: {
      [jiraFieldIds.affectedSkus]: [sku],
      [jiraFieldIds.warehouseBin]: String(20_000 + ((at * 37) % 640)),
    },
  };
}

function bigCustomerTicket({ midnight }: StoryParts, email: string): Ticket {
  const created = midnight - days(9) + minutes(615);
  return {
    ref: 'big-customer',
    project: 'SUP',
    type: 'Support request',
    summary: `One invoice a month for ${email}`,
    description: words(
      `${email}, who buys more than anybody else, asks for one invoice a month instead of one for each order.`,
    ),
    priority: 'High',
    created,
    reporter: 5,
    assignee: 0,
    labels: ['key-account'],
    due: toDate(midnight + days(5)),
    steps: [{ to: 'In Progress', at: created + minutes(200), by: 0 }],
    comments: [
      {
        by: 0,
        at: created + minutes(230),
        body: doc(
          paragraph(mention(jiraPeople[5] ?? { id: '', name: '' }), ' can accounting do that?'),
        ),
      },
      { by: 5, at: created + days(1), body: words('From next month on, yes.') },
    ],
    fields: { [jiraFieldIds.customerEmail]: email },
  };
}
