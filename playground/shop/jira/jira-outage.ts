import {
  bulletList,
  code,
  codeBlock,
  doc,
  heading,
  link,
  mention,
  orderedList,
  panel,
  paragraph,
  strong,
  table,
} from '../../jira/adf/write-adf.ts';
import { minutes } from '../moment.ts';
import type { ShopOrder } from '../shop-records.ts';
import { jiraPeople } from './jira-people.ts';
import { jiraFieldIds } from './jira-site.ts';
import { sprintAt } from './jira-sprints.ts';
import { type StoryParts, toMs } from './jira-story-parts.ts';
import { type Ticket, words } from './jira-ticket.ts';

const person = (at: number) => jiraPeople[at] ?? { id: '', name: '' };
const outageRef = 'outage';

/** The incident in operations, and the fault that it brought to light in the shop. */
export function outageTickets(
  { midnight, sprints }: StoryParts,
  failed: ShopOrder[],
  day: string,
): Ticket[] {
  // People who meet it write in while it goes on; it is known when the last of them ordered.
  const first = Math.min(...failed.map(({ created_at }) => toMs(created_at)));
  const known = first + minutes(12);
  const numbers = failed.map(({ id }) => `#${id}`);
  const end = midnight + minutes(30);
  return [
    {
      ref: outageRef,
      project: 'OPS',
      type: 'Incident',
      summary: `Payment provider Quillpay refuses cards (${day})`,
      description: doc(
        panel('error', strong('Customers cannot pay by card. '), 'Orders stay pending.'),
        heading(2, 'Affected orders'),
        bulletList(...numbers),
        heading(2, 'Timeline'),
        table(
          ['Time (UTC)', 'What'],
          [
            timeOf(first),
            `First refused card, order #${failed.toSorted((a, b) => a.id - b.id)[0]?.id}`,
          ],
          [timeOf(known), 'Alert: more than one payment in ten fails'],
          [timeOf(known + minutes(9)), 'Quillpay confirms a fault on its side'],
        ),
        heading(2, 'From the log'),
        codeBlock(
          'json',
          `{"level":"error","provider":"quillpay","code":"card_refused","order":${failed.at(-1)?.id}}`,
        ),
        paragraph(mention(person(2)), ' leads, ', mention(person(0)), ' looks at the checkout.'),
      ),
      priority: 'Highest',
      priorityBefore: { was: 'High', at: known + minutes(11), by: 2 },
      created: known,
      reporter: 3,
      assignee: 2,
      labels: ['incident', 'payments', 'quillpay'],
      components: ['Payments'],
      steps: [{ to: 'In Progress', at: known + minutes(3), by: 2 }],
      comments: [
        {
          by: 2,
          at: known + minutes(9),
          body: words(
            'Quillpay says: card authorisation is degraded, no time given for the repair.',
          ),
        },
        {
          by: 0,
          at: Math.max(known + minutes(100), end - minutes(20)),
          body: doc(
            paragraph('Cards are accepted again. Still open:'),
            orderedList(
              'write to the customers of the orders above',
              'retry by Banksia',
              'post-mortem',
            ),
          ),
        },
      ],
      fields: {
        [jiraFieldIds.severity]: '10400',
        [jiraFieldIds.paymentProvider]: '10410',
        [jiraFieldIds.rootCause]: words(
          'Quillpay’s card authorisation failed; we have no second provider to fall back on.',
        ),
      },
      attachments: [
        {
          filename: 'payment-errors.log',
          mimeType: 'text/plain',
          content: Buffer.from(
            failed
              .map(
                ({ id, created_at }) => `${created_at} ERROR quillpay card_refused order=${id}\n`,
              )
              .join(''),
          ),
        },
      ],
      worklogs: [{ by: 2, at: known + minutes(60), seconds: 5400 }],
      watchers: [0, 1, 5],
      links: failed.map(({ id }) => ({ type: 'Problem/Incident', to: `refused-card-${id}` })),
    },
    {
      ref: 'blank-checkout',
      project: 'SHOP',
      type: 'Bug',
      summary: 'Checkout shows a blank page when Quillpay refuses a card',
      description: doc(
        heading(3, 'Steps'),
        orderedList(
          'Put anything into the cart',
          'Pay by card while Quillpay refuses',
          'Look at the page',
        ),
        paragraph(strong('Expected: '), 'a sentence that says why, and another way to pay.'),
        paragraph(
          'Thrown in ',
          code('checkout/pay.ts'),
          ', see ',
          link('the runbook', 'https://lindenwares.example/runbooks/payments'),
        ),
      ),
      priority: 'High',
      created: known + minutes(40),
      reporter: 0,
      assignee: 1,
      labels: ['payments', 'quillpay'],
      components: ['Checkout'],
      fixVersions: ['4.0'],
      steps: [{ to: 'In Progress', at: known + minutes(90), by: 1 }],
      comments: [
        {
          by: 1,
          at: Math.max(known + minutes(105), end - minutes(45)),
          body: words('Found it: the answer has no body and we read its code.'),
        },
      ],
      fields: {
        [jiraFieldIds.storyPoints]: 3,
        [jiraFieldIds.sprint]: sprintAt(sprints, midnight),
      },
      links: [{ type: 'Relates', to: outageRef }],
    },
  ];
}

const timeOf = (ms: number) => new Date(ms).toISOString().slice(11, 16);
