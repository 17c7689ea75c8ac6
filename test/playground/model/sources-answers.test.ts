import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shopStory } from '../../../playground/shop/story.ts';
import { exampleQuestions } from '../../../src/agent/greeting.ts';
import { openSourcesTalk, type SourcesTalk } from './sources-talk.ts';

const today = new Date('2026-11-22T14:05:00Z');

let talk: SourcesTalk;
beforeAll(async () => {
  talk = await openSourcesTalk({ today });
});
afterAll(() => talk[Symbol.asyncDispose]());

const ask = (question: string) => talk.ask(question, { new: true });
const next = (question: string) => talk.ask(question);
const story = () => shopStory(talk.records, { today });

describe('S3', () => {
  it('finds files by a wildcard in all buckets, and in one of them', async () => {
    const months = new Set(talk.records.orders.map(({ created_at }) => created_at.slice(0, 7)));
    const everywhere = await ask('find sales-*.csv');
    expect(everywhere).toContain(`I found **${months.size}** files`);
    expect(await ask('find *.csv in backups')).toMatch(/^I found no file/);
  });

  it('reads, measures and shows versions of one file after the other', async () => {
    expect(await ask('read README.txt in backups')).toContain('Nightly dumps of the warehouse.');
    expect(await next('how large is it?')).toContain('**106 bytes**');
    expect(await next('versions of summer-sale.png')).toMatch(/\*\*3\*\* versions[\s\S]*deleted/);
  });

  it('finds what was named in words, and says that more fits', async () => {
    const answer = await ask('preview the June sales file');
    const june = talk.records.orders.filter(({ created_at }) => created_at.startsWith('2026-06'));
    expect(answer).toContain('sales/2026/06/sales-2026-06.csv');
    expect(answer).toContain('1 more fits as well');
    expect(answer).toContain(`| ${june[0]?.id} |`);
  });

  it('counts and ranks', async () => {
    expect(await ask('how many files are in logs?')).toContain('**15** files');
    expect(await ask('the 2 largest files in backups')).toMatch(/warehouse\.sql \| 5\.4 GB/);
    expect(await ask('how many rows are in orders.parquet?')).toContain(`of 5,000 rows`);
  });

  it('asks which of several files is meant', async () => {
    expect(await ask('read warehouse.sql')).toContain('There are **2** files of that name.');
    expect(await next('the first one')).toContain('GLACIER');
    await ask('read warehouse.sql');
    expect(await next('the second one')).toContain('Dump of warehouse, 2026-11-21');
  });
});

describe('Jira', () => {
  it('shows what changed on an issue of a list, and its comments', async () => {
    expect(await ask('tickets about Quillpay in OPS')).toContain('Payment provider Quillpay');
    const [key = ''] = /OPS-\d+/.exec(await ask('open incidents that mention Quillpay')) ?? [];
    expect(await next(`what changed on ${key}?`)).toMatch(/priority \| High \| Highest/);
    expect(await next('and its comments')).toContain('Quillpay says:');
  });

  it('counts by group as the list says', async () => {
    const groups = await ask('how many open issues per project?');
    const sum = [...groups.matchAll(/\| (\d+) \|$/gm)].reduce(
      (all, [, count]) => all + Number(count),
      0,
    );
    expect(groups).toContain(`**${sum}** open issues`);
    const [, total] = /\*\*(\d+)\*\*/.exec(await ask('how many open issues?')) ?? [];
    expect(Number(total)).toBe(sum);
  });

  it('shows the active sprint', async () => {
    expect(await ask('what is in the active sprint?')).toMatch(/SHOP Sprint 13.*issues are done/);
  });

  it('says which projects there are where one is unknown', async () => {
    expect(await ask('open bugs in FOO')).toMatch(/did not work.*FOO.*Web shop/);
  });
});

describe('Shopify', () => {
  it('lists what is low on stock, the fewest first', async () => {
    const answer = await ask('low stock');
    const low = talk.records.products.filter(
      ({ sku, stock }) => story().lowStockSkus.includes(sku) && stock < 10,
    );
    expect([...answer.matchAll(/^\| (SKU-\d+)/gm)].map(([, sku]) => sku).toSorted()).toEqual(
      low.map(({ sku }) => sku).toSorted(),
    );
  });

  it('counts the orders of a customer, and masks the address of the customer of an order', async () => {
    const user = talk.records.users.find(({ email }) => email === story().bigCustomer);
    const own = talk.records.orders.filter(({ user_id }) => user_id === user?.id);
    const answer = await ask(`orders of ${user?.email} in Shopify`);
    expect(answer).toContain(`newest of ${own.length} orders`);
    expect(answer).toContain(`#${own.at(-1)?.id}`);
    const customer = await next('who is the customer of the first one?');
    expect(customer).toContain(`**${user?.first_name} ${user?.last_name}**`);
    expect(customer).not.toContain(user?.email);
  });

  it('adds the stock of all places up', async () => {
    const product = talk.records.products.find(({ stock }) => stock > 99);
    expect(await ask(`inventory of ${product?.sku}`)).toContain(`**${product?.stock}** available`);
  });
});

it.each(['s3', 'jira', 'shopify'])('%s: answers what the bot proposes', async (connector) => {
  for (const question of exampleQuestions([{ connector }]))
    expect(await ask(question), question).not.toMatch(/not understand|did not|Which/);
});

describe('several sources', () => {
  it('finds the tickets that mention orders of a customer', async () => {
    const [late] = story().lateShipmentOrders;
    const order = talk.records.orders.find(({ id }) => id === late);
    const email = talk.records.users.find(({ id }) => id === order?.user_id)?.email;
    const answer = await ask(`which tickets mention orders of ${email}?`);
    expect(answer).toMatch(new RegExp(`Where is my parcel\\? Order #${late} .*\\| #${late}`));
  });

  it('finds payment failures of a day in the log, and their tickets', async () => {
    const answer = await ask(
      `payment failures in the logs of ${story().outageDay} and their tickets`,
    );
    for (const order of story().failedPaymentOrders)
      expect(answer).toMatch(
        new RegExp(`\\| #${order} \\| 3 \\|[\\s\\S]*Card refused for order #${order}`),
      );
    expect(await ask('payment failures in the logs of 2026-11-15 and their tickets')).toMatch(
      /^There are no payment failures/,
    );
  });

  it('finds the tickets of the customer spoken of', async () => {
    const [late] = story().lateShipmentOrders;
    const order = talk.records.orders.find(({ id }) => id === late);
    const email = talk.records.users.find(({ id }) => id === order?.user_id)?.email;
    await ask(`orders of ${email} in Shopify`);
    expect(await next('and their tickets?')).toMatch(
      new RegExp(`Where is my parcel\\? Order #${late} .*\\| #${late}`),
    );
    await ask(`who is the customer of #${late}?`);
    expect(await next('show their tickets')).toMatch(
      new RegExp(`that customer[\\s\\S]*Where is my parcel\\? Order #${late} .*\\| #${late}`),
    );
  });

  it('leaves out tickets that have an order’s number by chance', async () => {
    const user = talk.records.users.find(({ email }) => email === story().bigCustomer);
    const answer = await ask(`which tickets mention orders of ${user?.email}?`);
    const own = talk.records.orders
      .filter(({ user_id }) => user_id === user?.id)
      .map(({ id }) => id);
    const mentioned = [...answer.matchAll(/^\| [A-Z]+-\d+ .*\| (#[#\d, ]+) \|$/gm)].flatMap(
      ([, list = '']) => list.split(', ').map((name) => Number(name.slice(1))),
    );
    expect(mentioned.filter((id) => !own.includes(id))).toEqual([]);
    expect(answer).toMatch(/^(No ticket|\*\*\d+\*\* ticket)/);
  });
});
