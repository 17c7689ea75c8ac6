import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jiraData } from '../../playground/shop/jira/jira-data.ts';
import { s3Objects } from '../../playground/shop/s3/s3-objects.ts';
import { shopNow } from '../../playground/shop/shop-now.ts';
import { shopRecords } from '../../playground/shop/shop-records.ts';
import { shopStory } from '../../playground/shop/story.ts';
import { type Sources, startSources } from '../../playground/start-sources.ts';
import { type Bot, startBot } from '../support/start-bot.ts';

const today = shopNow();
const records = shopRecords({ today });
const story = shopStory(records, { today });
const [failed = 0] = story.failedPaymentOrders;
const order = records.orders.find(({ id }) => id === failed);
const customer = records.users.find(({ id }) => id === order?.user_id);
const product = records.products.find(
  ({ stock, discontinued_at }) => stock > 50 && !discontinued_at,
);
const figure = (value: number) => value.toLocaleString('en-US');

let sources: Sources;
let bot: Bot;
beforeAll(async () => {
  sources = await startSources({}, { today });
  bot = await startBot({ script: 'demo', speed: 0, env: sources.env });
});
afterAll(async () => {
  await bot[Symbol.asyncDispose]();
  await sources[Symbol.asyncDispose]();
});

/** Slack lets an app post once a second in a channel. */
let asked = 0;
const ask = async (question: string, thread?: { channel: string; ts: string }) => {
  const channel = thread?.channel ?? (asked++ % 2 ? '#data' : '#general');
  const { ts, text } = await bot.ask(channel, thread ? question : `@connector ${question}`, {
    ...(thread && { thread_ts: thread.ts }),
  });
  return { channel, ts, text: text.replace(/[*`]/g, '') };
};

/** Open bugs of a project, counted from the data itself. */
function openBugs(projectKey: string): number {
  const { issues, projects, issueTypes, statuses } = jiraData(records, { today });
  const project = projects.find(({ key }) => key === projectKey)?.id;
  const bug = issueTypes.find(({ name }) => name === 'Bug')?.id;
  const done = statuses.filter(({ category }) => category === 'done').map(({ id }) => id);
  return issues.filter(
    ({ values }) =>
      values.project === project &&
      values.issuetype === bug &&
      !done.includes(String(values.status)),
  ).length;
}

describe('with all four sources', () => {
  it('lists the buckets, then the files of one of them', async () => {
    const first = await ask('which buckets are there?');
    for (const { bucket } of s3Objects(records, { today })) expect(first.text).toContain(bucket);
    const second = await ask('what is in the second one?', first);
    expect(second.text).toContain('lindenwares-exports');
    expect(second.text).toContain('manifest.json');
  });

  it('shows a file that was named in words', async () => {
    const { text } = await ask('preview the customers export');
    expect(text).toContain('customers/customers.csv');
    expect(text).toContain(records.users[0]?.email);
  });

  it('counts tickets as Jira has them', async () => {
    const { text } = await ask('how many open bugs in SHOP?');
    expect(text).toContain(`There are ${openBugs('SHOP')} open issues of type Bug in SHOP.`);
  });

  it('knows what runs out', async () => {
    const { text } = await ask('what is low on stock?');
    const low = records.products.filter(({ sku }) => story.lowStockSkus.includes(sku));
    for (const { sku, stock } of low) if (stock < 10) expect(text).toContain(sku);
  });

  it('names the customer of an order, and keeps the address to itself', async () => {
    const { text } = await ask(`who is the customer of #${failed}?`);
    expect(text).toContain(`${customer?.first_name} ${customer?.last_name}`);
    expect(text).not.toContain(customer?.email);
  });

  it('tells from three sources what happened with an order', async () => {
    const { text } = await ask(`what happened with order #${failed}?`);
    expect(text).toMatch(new RegExp(`Shopify[\\s\\S]*Order #${failed} of ${customer?.first_name}`));
    expect(text).toMatch(/SQL database[\s\S]*status[\s\S]*pending/);
    expect(text).toContain(`Card refused for order #${failed}`);
  });

  it('compares the stock of two sources', async () => {
    const { text } = await ask(`is the stock of ${product?.sku} the same in Shopify and MySQL?`);
    expect(text).toContain(
      `Yes: the stock of ${product?.sku} is ${figure(product?.stock ?? 0)} in both.`,
    );
  });

  it('finds payment failures in a log and their tickets in Jira', async () => {
    const { text } = await ask('payment failures in the logs of yesterday and their tickets');
    expect(text).toContain(`The payments of ${story.failedPaymentOrders.length} orders failed`);
    for (const id of story.failedPaymentOrders)
      expect(text).toContain(`Card refused for order #${id}`);
  });

  it('asks the database where no source is named, and another one when it is', async () => {
    const first = await ask('how many orders?');
    expect(first.text).toContain(`There are ${figure(records.orders.length)} orders.`);
    const second = await ask('and in Shopify?', first);
    expect(second.text).toContain(`Shopify has ${figure(records.orders.length)} orders.`);
  });
});
