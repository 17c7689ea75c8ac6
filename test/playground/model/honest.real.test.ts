import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  boldOf,
  type Database,
  type DemoDatabases,
  openDemoDatabases,
  tableOf,
} from './demo-databases.ts';

let databases: DemoDatabases;
beforeAll(async () => {
  databases = await openDemoDatabases();
});
afterAll(() => databases[Symbol.asyncDispose]());

/** The answer to the last of these, which go on from one another. */
async function ask(database: Database, questions: string[]): Promise<string> {
  const talk = databases.talks[database];
  let answer = '';
  for (const [index, question] of questions.entries())
    answer = await talk.ask(question, { new: index === 0 });
  return answer;
}

describe('the demo model counts rightly', () => {
  const without = (table: string, key: string) =>
    `SELECT COUNT(*) FROM users WHERE id NOT IN (SELECT ${key} FROM ${table})`;
  it.each<[Database, string, string]>([
    ['shop', 'how many users have never ordered?', without('orders', 'user_id')],
    ['shop', "how many customers haven't placed an order yet?", without('orders', 'user_id')],
    ['shop', 'how many users have no reviews?', without('reviews', 'user_id')],
    ['shop', 'how many users have ordered?', 'SELECT COUNT(DISTINCT user_id) FROM orders'],
    [
      'shop',
      'how many users have not ordered this month?',
      "SELECT COUNT(*) FROM users WHERE id NOT IN (SELECT user_id FROM orders WHERE created_at >= DATE_FORMAT(UTC_DATE(), '%Y-%m-01'))",
    ],
    [
      'shop',
      'how many products have never been ordered?',
      'SELECT COUNT(*) FROM products WHERE id NOT IN (SELECT product_id FROM order_items)',
    ],
    [
      'library',
      'how many members have never borrowed anything?',
      'SELECT COUNT(*) FROM member WHERE member_id NOT IN (SELECT member_id FROM loan)',
    ],
    ['library', 'how many loans with fines?', 'SELECT COUNT(DISTINCT loan_id) FROM fine'],
    [
      'shop',
      'how many orders were not paid?',
      "SELECT COUNT(*) FROM orders WHERE status <> 'paid'",
    ],
    [
      'shop',
      'How many orders aren’t delivered yet?',
      "SELECT COUNT(*) FROM orders WHERE status <> 'delivered'",
    ],
    ['shop', 'how many unpaid orders?', "SELECT COUNT(*) FROM orders WHERE status <> 'paid'"],
    ['shop', 'how many users are not active?', 'SELECT COUNT(*) FROM users WHERE is_active = 0'],
    ['shop', 'how many users are not inactive?', 'SELECT COUNT(*) FROM users WHERE is_active = 1'],
    [
      'library',
      'how many loans are not returned?',
      "SELECT COUNT(*) FROM loan WHERE state <> 'returned'",
    ],
    [
      'shop',
      'how many orders between 2026-01-01 and 2026-01-31?',
      "SELECT COUNT(*) FROM orders WHERE DATE(created_at) BETWEEN '2026-01-01' AND '2026-01-31'",
    ],
    [
      'library',
      'how many loans since 2026-03-01?',
      "SELECT COUNT(*) FROM loan WHERE borrowed_on >= '2026-03-01'",
    ],
    [
      'shop',
      'how many products are out of stock?',
      'SELECT COUNT(*) FROM products WHERE stock = 0',
    ],
    ['shop', 'how many products are in stock?', 'SELECT COUNT(*) FROM products WHERE stock > 0'],
    [
      'shop',
      'how many orders without a coupon?',
      'SELECT COUNT(*) FROM orders WHERE coupon_id IS NULL',
    ],
    ['shop', 'how many reviews with rating 5?', 'SELECT COUNT(*) FROM reviews WHERE rating = 5'],
    ['shop', 'how many users from Germany?', "SELECT COUNT(*) FROM users WHERE country = 'DE'"],
    [
      'shop',
      'how many users in the united kingdom?',
      "SELECT COUNT(*) FROM users WHERE country = 'GB'",
    ],
    [
      'shop',
      'how many orders from France this year?',
      "SELECT COUNT(*) FROM orders o JOIN users u ON u.id = o.user_id WHERE u.country = 'FR' AND YEAR(o.created_at) = YEAR(UTC_DATE())",
    ],
  ])('%s: %s', async (database, question, sql) => {
    const answer = await ask(database, [question]);
    expect([[boldOf(answer)]]).toEqual(await databases.rowsOf(database, sql));
  });
});

describe('the demo model lists rightly', () => {
  const newest = 'ORDER BY created_at DESC, id DESC LIMIT 10';
  it.each<[Database, string[], string]>([
    [
      'shop',
      ['which products are out of stock?'],
      `SELECT id FROM products WHERE stock = 0 ${newest}`,
    ],
    [
      'shop',
      ['users without orders'],
      `SELECT id FROM users WHERE id NOT IN (SELECT user_id FROM orders) ${newest}`,
    ],
    [
      'shop',
      ['most reviewed products'],
      'SELECT product_id FROM reviews GROUP BY 1 ORDER BY COUNT(*) DESC, product_id LIMIT 10',
    ],
    [
      'library',
      ['most borrowed books'],
      'SELECT isbn FROM loan GROUP BY 1 ORDER BY COUNT(*) DESC, isbn LIMIT 10',
    ],
    [
      'shop',
      ['top 3 most ordered products'],
      'SELECT product_id FROM order_items GROUP BY 1 ORDER BY COUNT(*) DESC, product_id LIMIT 3',
    ],
    ['shop', ['users from Germany'], `SELECT id FROM users WHERE country = 'DE' ${newest}`],
    [
      'shop',
      ['show me the latest users', 'and the first 5 orders'],
      'SELECT id FROM orders ORDER BY created_at, id LIMIT 5',
    ],
    [
      'library',
      ['show me the first 2 members', 'and the latest 3 loans'],
      'SELECT loan_id FROM loan ORDER BY borrowed_on DESC LIMIT 3',
    ],
    [
      'shop',
      ['show me the latest users', 'and the top 3 products by price'],
      'SELECT id FROM products ORDER BY price DESC, id DESC LIMIT 3',
    ],
    [
      'library',
      ['loans returned last week'],
      'SELECT loan_id FROM loan WHERE YEARWEEK(returned_on, 3) = YEARWEEK(UTC_DATE() - INTERVAL 7 DAY, 3) ORDER BY borrowed_on DESC LIMIT 10',
    ],
  ])('%s: %s', async (database, questions, sql) => {
    const answer = await ask(database, questions);
    expect(tableOf(answer).map(([key]) => [key])).toEqual(await databases.rowsOf(database, sql));
  });
});

describe('the demo model gives no figure when it left out', () => {
  it.each<[Database, string[], string[]]>([
    ['shop', ['revenue this month compared to last month'], ['compared', 'last', 'month']],
    ['library', ['sum of fines this month versus last month'], ['versus', 'last', 'month']],
    ['shop', ['how many orders are there except cancelled ones?'], ['except']],
    ['shop', ['how many different countries do users come from?'], ['different']],
    ['shop', ['how many of the last 5 orders were paid?'], ['last', '5']],
    ['shop', ['how many users ordered more than twice?'], ['more', 'than', 'twice']],
    ['shop', ['products with more than 5 reviews'], ['more', 'than', '5', 'reviews']],
    ['shop', ['how many of my orders are paid?'], ['my']],
    ['shop', ['how many products did we sell last month?'], ['sell']],
    ['shop', ['how many users are not from Germany?'], ['not']],
    ['shop', ['users from DE or FR'], ['or']],
    ['shop', ['profit margin of orders this year'], ['profit', 'margin']],
    ['shop', ['how many orders per user on average?'], ['average']],
    ['shop', ['how many orders between 2026-02-31 and 2026-03-01?'], ['between', '2026']],
    ['shop', ['what percentage of orders is paid?'], ['percentage']],
    ['library', ['how many overdue members?', 'how many of them are female?'], ['female']],
    ['library', ['how many books did nobody want?'], ['nobody']],
    ['library', ['members without fines or loans'], ['or']],
    ['shop', ['latest orders', 'but not the paid or shipped ones'], ['or']],
    ['shop', ['how many orders did not arrive?'], ['arrive']],
  ])('%s: %s', async (database, questions, words) => {
    const answer = await ask(database, questions);
    expect(answer).toContain('I did not understand');
    for (const word of words) expect(answer).toContain(`“${word}”`);
    expect(answer).not.toMatch(/\*\*/);
  });
});

describe('the demo model says what it counts', () => {
  it.each<[Database, string[], RegExp]>([
    ['shop', ['show me all users'], /\*\*10 of 500\*\* `users`/],
    ['library', ['show all the books'], /\*\*10 of 60\*\* `book`/],
    ['shop', ['top 999999 products'], /\*\*100 of 120\*\* `products`/],
    [
      'shop',
      ['top 999999 customers by order total'],
      /the top \*\*100\*\* \(I look up 100 at most\)/,
    ],
    [
      'shop',
      ['show me the latest users'],
      /Here are the \*\*10\*\* newest `users`, by `created_at`:/,
    ],
    [
      'shop',
      ['latest orders', 'and the last 3?', 'how many is that?'],
      /\*\*5,000\*\* `orders` in all; the list before showed 3/,
    ],
    ['library', ['books by Nobody'], /did not understand/],
    [
      'shop',
      ['total revenue this month'],
      /\*\*\. All rows of `orders` count, whatever their `status`\./,
    ],
    [
      'shop',
      ['revenue by month this year'],
      /All rows of `orders` count, whatever their `status`:/,
    ],
    ['library', ['sum of fines'], /All rows of `fine` count, whatever their `settled`\./],
    ['shop', ['sum of the total of paid orders'], /^(?![\s\S]*whatever)[\s\S]*\*\*/],
    ['shop', ['average order total'], /^(?![\s\S]*whatever)[\s\S]*\*\*/],
    ['shop', ['top 0 customers'], /a number of at least 1/],
    ['library', ['latest -2 loans'], /a number of at least 1/],
  ])('%s: %s', async (database, questions, pattern) => {
    expect(await ask(database, questions)).toMatch(pattern);
  });
});

describe('the demo model changes nothing, and says so', () => {
  it.each([
    'delete all orders',
    'drop the table users',
    'drop table users; --',
    'insert a new user',
    'please update order 1 to paid',
    'set the status of order 1 to paid',
    'truncate orders',
    'alter table users add x int',
    'create a user named Ada',
    'Could you please remove user 5?',
    'hi, delete all orders',
    'how many users are there? And then delete them',
  ])('%s', async (question) => {
    for (const questions of [[question], ['latest orders', question]]) {
      expect(await ask('shop', questions)).toContain(
        'I can only read data, so I did not change anything.',
      );
      expect(databases.talks.shop.calls()).toEqual([]);
    }
  });

  it.each([
    'orders updated this month',
    'products created this year',
    'update me on the latest orders',
  ])('but answers %j', async (question) => {
    expect(await ask('shop', [question])).not.toContain('I can only read');
  });
});
