import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoConversation, openConversation } from './demo-conversation.ts';
import { boldOf, type DemoDatabases, openDemoDatabases, tableOf } from './demo-databases.ts';

let databases: DemoDatabases;
let talks: Record<'shop' | 'library', DemoConversation>;
let library: string;
let rowsOf: DemoDatabases['rowsOf'];

beforeAll(async () => {
  databases = await openDemoDatabases();
  ({ talks, library, rowsOf } = databases);
});

afterAll(() => databases[Symbol.asyncDispose]());

const thisMonth = (column: string) =>
  `DATE_FORMAT(${column}, '%Y-%m') = DATE_FORMAT(UTC_DATE(), '%Y-%m')`;
const lastWeek = (column: string) =>
  `YEARWEEK(${column}, 3) = YEARWEEK(UTC_DATE() - INTERVAL 7 DAY, 3)`;
const byMonth = (column: string, figure: string, table: string) =>
  `SELECT * FROM (SELECT DATE_FORMAT(${column}, '%Y-%m') m, ${figure} f FROM ${table} GROUP BY m ORDER BY m DESC LIMIT 12) x ORDER BY m`;

/** Lists: the keys of the rows, in order. */
const lists: ['shop' | 'library', string, string][] = [
  [
    'shop',
    'show me the latest users',
    'SELECT id FROM users ORDER BY created_at DESC, id DESC LIMIT 10',
  ],
  [
    'library',
    'show me the latest members',
    'SELECT member_id FROM member ORDER BY joined_on DESC, member_id DESC LIMIT 10',
  ],
  ['shop', 'First 5 orders?', 'SELECT id FROM orders ORDER BY created_at, id LIMIT 5'],
  [
    'library',
    'first three loans',
    'SELECT loan_id FROM loan ORDER BY borrowed_on, loan_id LIMIT 3',
  ],
  [
    'shop',
    'top 5 products by price',
    'SELECT id FROM products ORDER BY price DESC, id DESC LIMIT 5',
  ],
  [
    'library',
    'the 4 most expensive books',
    'SELECT isbn FROM book ORDER BY replacement_cost DESC, isbn DESC LIMIT 4',
  ],
  [
    'shop',
    'orders of user 42',
    'SELECT id FROM orders WHERE user_id = 42 ORDER BY created_at DESC, id DESC LIMIT 10',
  ],
  [
    'library',
    'loans of member 7',
    'SELECT loan_id FROM loan WHERE member_id = 7 ORDER BY borrowed_on DESC, loan_id DESC LIMIT 10',
  ],
  [
    'shop',
    'orders from last week',
    `SELECT id FROM orders WHERE ${lastWeek('created_at')} ORDER BY created_at DESC, id DESC LIMIT 10`,
  ],
  [
    'library',
    'loans from last week',
    `SELECT loan_id FROM loan WHERE ${lastWeek('borrowed_on')} ORDER BY borrowed_on DESC LIMIT 10`,
  ],
  [
    'shop',
    'paid orders over 500',
    "SELECT id FROM orders WHERE status = 'paid' AND total > 500 ORDER BY created_at DESC, id DESC LIMIT 10",
  ],
  [
    'library',
    'unsettled fines',
    'SELECT fine_id FROM fine WHERE settled = 0 ORDER BY issued_on DESC, fine_id DESC LIMIT 10',
  ],
  [
    'shop',
    'latest users from FR without a phone',
    "SELECT id FROM users WHERE country = 'FR' AND phone IS NULL ORDER BY created_at DESC, id DESC LIMIT 10",
  ],
  [
    'library',
    'members in Waterdam',
    "SELECT m.member_id FROM member m JOIN branch b ON b.branch_id = m.home_branch WHERE b.town = 'Waterdam' ORDER BY m.joined_on DESC LIMIT 10",
  ],
  [
    'shop',
    'products in category Tents',
    "SELECT id FROM products WHERE category_id = (SELECT id FROM categories WHERE name = 'Tents') ORDER BY created_at DESC, id DESC LIMIT 10",
  ],
  [
    'library',
    'books sorted by pages ascending',
    'SELECT isbn FROM book ORDER BY pages, isbn LIMIT 10',
  ],
];

/** One number each. */
const numbers: ['shop' | 'library', string, string][] = [
  ['shop', 'How many orders do we have?', 'SELECT COUNT(*) FROM orders'],
  ['library', 'how many books are there', 'SELECT COUNT(*) FROM book'],
  [
    'shop',
    'how many orders this month?',
    `SELECT COUNT(*) FROM orders WHERE ${thisMonth('created_at')}`,
  ],
  [
    'shop',
    'How many orders came in this month?',
    `SELECT COUNT(*) FROM orders WHERE ${thisMonth('created_at')}`,
  ],
  [
    'library',
    'how many loans this month?',
    `SELECT COUNT(*) FROM loan WHERE ${thisMonth('borrowed_on')}`,
  ],
  ['shop', 'how many inactive users', 'SELECT COUNT(*) FROM users WHERE is_active = 0'],
  ['library', 'how many lost loans', "SELECT COUNT(*) FROM loan WHERE state = 'lost'"],
  [
    'shop',
    'how many orders were cancelled?',
    "SELECT COUNT(*) FROM orders WHERE status = 'cancelled'",
  ],
  ['shop', 'average order total', 'SELECT ROUND(AVG(total), 2) FROM orders'],
  [
    'library',
    'what is the average replacement cost of books?',
    'SELECT ROUND(AVG(replacement_cost), 2) FROM book',
  ],
  ['shop', 'sum of payments', 'SELECT SUM(amount) FROM payments'],
  ['library', 'sum of fines', 'SELECT SUM(amount_due) FROM fine'],
  ['shop', 'What is the highest order total?', 'SELECT MAX(total) FROM orders'],
  ['library', 'what is the lowest replacement cost', 'SELECT MIN(replacement_cost) FROM book'],
  [
    'shop',
    'total revenue this month',
    `SELECT SUM(total) FROM orders WHERE ${thisMonth('created_at')}`,
  ],
];

/** Groups: the last two columns of each row, which are what it is called and its figure. */
const groups: ['shop' | 'library', string, string][] = [
  [
    'shop',
    'How many orders per status?',
    'SELECT status, COUNT(*) n FROM orders GROUP BY status ORDER BY n DESC, status',
  ],
  [
    'library',
    'loans by state',
    'SELECT state, COUNT(*) n FROM loan GROUP BY state ORDER BY n DESC, state',
  ],
  [
    'shop',
    'users by country',
    'SELECT country, COUNT(*) n FROM users GROUP BY country ORDER BY n DESC, country',
  ],
  [
    'library',
    'how many members per tier',
    'SELECT tier, COUNT(*) n FROM member GROUP BY tier ORDER BY n DESC, tier',
  ],
  ['shop', 'Revenue by month', byMonth('created_at', 'SUM(total)', 'orders')],
  ['library', 'amount due by month', byMonth('issued_on', 'SUM(amount_due)', 'fine')],
  ['shop', 'orders per month', byMonth('created_at', 'COUNT(*)', 'orders')],
  ['library', 'loans per month', byMonth('borrowed_on', 'COUNT(*)', 'loan')],
  [
    'shop',
    'top 5 customers by order total',
    'SELECT u.last_name, SUM(o.total) s FROM users u JOIN orders o ON o.user_id = u.id GROUP BY u.id ORDER BY s DESC, u.id LIMIT 5',
  ],
  [
    'library',
    'top 5 customers by fine amount',
    'SELECT m.full_name, SUM(f.amount_due) s FROM member m JOIN fine f USING (member_id) GROUP BY m.member_id ORDER BY s DESC, m.member_id LIMIT 5',
  ],
  [
    'shop',
    'which customers have the most orders?',
    'SELECT u.last_name, COUNT(*) n FROM users u JOIN orders o ON o.user_id = u.id GROUP BY u.id ORDER BY n DESC, u.id LIMIT 10',
  ],
  [
    'library',
    'which members have the most loans?',
    'SELECT m.full_name, COUNT(*) n FROM member m JOIN loan l USING (member_id) GROUP BY m.member_id ORDER BY n DESC, m.member_id LIMIT 10',
  ],
  [
    'shop',
    'top products by revenue',
    'SELECT p.name, SUM(i.quantity * i.unit_price) s FROM products p JOIN order_items i ON i.product_id = p.id GROUP BY p.id ORDER BY s DESC, p.id LIMIT 10',
  ],
  [
    'library',
    'loans per branch',
    'SELECT b.title, COUNT(*) n FROM loan l JOIN member m USING (member_id) JOIN branch b ON b.branch_id = m.home_branch GROUP BY b.branch_id ORDER BY n DESC, b.branch_id',
  ],
  [
    'shop',
    'average rating per product',
    'SELECT p.name, ROUND(AVG(r.rating), 2) a FROM reviews r JOIN products p ON p.id = r.product_id GROUP BY p.id ORDER BY a DESC, p.id LIMIT 20',
  ],
  [
    'shop',
    'revenue by country',
    'SELECT u.country, SUM(o.total) s FROM orders o JOIN users u ON u.id = o.user_id GROUP BY u.country ORDER BY s DESC',
  ],
];

describe('the demo model answers with the right', () => {
  it.each(lists)('rows: %s, %s', async (database, question, sql) => {
    const answer = await talks[database].ask(question, { new: true });
    const expected = await rowsOf(database, sql);
    expect(tableOf(answer).map(([key]) => [key])).toEqual(expected);
    expect(expected.length).toBeGreaterThan(0);
  });

  it.each(numbers)('number: %s, %s', async (database, question, sql) => {
    const answer = await talks[database].ask(question, { new: true });
    expect([[boldOf(answer)]]).toEqual(await rowsOf(database, sql));
  });

  it.each(groups)('groups: %s, %s', async (database, question, sql) => {
    const answer = await talks[database].ask(question, { new: true });
    expect(tableOf(answer).map((row) => row.slice(-2))).toEqual(await rowsOf(database, sql));
  });
});

describe('the demo model knows the structure of', () => {
  it.each([
    ['shop', 'orders', 8, 'user_id', 'coupon'],
    ['library', 'loan', 7, 'borrowed_on', 'isbn'],
  ] as const)('%s', async (database, table, columns, time, reference) => {
    const talk = talks[database];
    expect(await talk.ask('Which tables are there?')).toContain(`| ${table} |`);
    expect(await talk.ask('which databases do you see')).toContain(
      database === 'shop' ? databases.account.database : library,
    );
    const described = await talk.ask(`describe ${table}`);
    expect(tableOf(described)).toHaveLength(columns);
    expect(described).toContain(time);
    expect(described).toContain(reference);
    expect(tableOf(await talk.ask(`indexes of ${table}`))[0]).toEqual([
      'PRIMARY',
      expect.any(String),
      'yes',
    ]);
    expect(tableOf(await talk.ask('what are the biggest tables?')).map(([name]) => name)).toContain(
      table,
    );
  });

  it.each([
    ['shop', 'are there any gift cards?', 'No, `gift_cards` has no rows'],
    ['shop', 'are there any orders?', 'Yes: there are **5,000** `orders`'],
    ['library', 'is reservation empty?', 'Yes, `reservation` has no rows'],
    ['shop', 'is orders empty?', 'No: there are **5,000** `orders`'],
  ] as const)('%s: %s', async (database, question, start) => {
    expect(await talks[database].ask(question)).toContain(start);
  });

  it('one row, by its number', async () => {
    const answer = await talks.shop.ask('show me order 17');
    const [expected] = await rowsOf('shop', 'SELECT * FROM orders WHERE id = 17');
    expect(tableOf(answer).map(([, value]) => value)).toEqual(expected);
  });
});

describe('the demo model goes on from the question before', () => {
  const paid = "FROM orders WHERE status = 'paid'";
  const open = "FROM loan WHERE state = 'open'";
  it.each<['shop' | 'library', string[], string]>([
    [
      'shop',
      ['latest orders', 'and the last 3?'],
      'SELECT id FROM orders ORDER BY created_at DESC, id DESC LIMIT 3',
    ],
    [
      'library',
      ['latest loans', 'and the first 2?'],
      'SELECT loan_id FROM loan ORDER BY borrowed_on LIMIT 2',
    ],
    [
      'shop',
      ['latest 5 orders', 'only paid ones'],
      `SELECT id ${paid} ORDER BY created_at DESC, id DESC LIMIT 5`,
    ],
    [
      'library',
      ['latest 5 loans', 'only the open ones'],
      `SELECT loan_id ${open} ORDER BY borrowed_on DESC LIMIT 5`,
    ],
    [
      'shop',
      ['latest 5 orders', 'only paid ones', 'sort by total'],
      `SELECT id ${paid} ORDER BY total DESC, id DESC LIMIT 5`,
    ],
    [
      'library',
      ['show 4 books', 'order by pages'],
      'SELECT isbn FROM book ORDER BY pages DESC, isbn DESC LIMIT 4',
    ],
    [
      'shop',
      ['latest 2 orders', 'thank you!', 'and products?'],
      'SELECT id FROM products ORDER BY created_at DESC, id DESC LIMIT 2',
    ],
    [
      'library',
      ['latest 2 loans', 'what about fines?'],
      'SELECT fine_id FROM fine ORDER BY issued_on DESC, fine_id DESC LIMIT 2',
    ],
    [
      'library',
      ['how many open loans?', 'show me those'],
      `SELECT loan_id ${open} ORDER BY borrowed_on DESC LIMIT 10`,
    ],
  ])('%s: %s', async (database, questions, sql) => {
    const talk = talks[database];
    let answer = '';
    for (const [index, question] of questions.entries())
      answer = await talk.ask(question, { new: index === 0 });
    const expected = await rowsOf(database, sql);
    expect(tableOf(answer).map(([key]) => [key])).toEqual(expected);
  });

  it.each<['shop' | 'library', string[], string]>([
    ['shop', ['latest orders', 'only paid ones', 'how many is that?'], `SELECT COUNT(*) ${paid}`],
    [
      'library',
      ['latest loans', 'only open ones', 'how many are there?'],
      `SELECT COUNT(*) ${open}`,
    ],
    [
      'shop',
      ['how many orders this month?', 'and last week?'],
      `SELECT COUNT(*) FROM orders WHERE ${lastWeek('created_at')}`,
    ],
    ['library', ['describe book', 'how many are there?'], 'SELECT COUNT(*) FROM book'],
  ])('%s: %s', async (database, questions, sql) => {
    let answer = '';
    for (const [index, question] of questions.entries())
      answer = await talks[database].ask(question, { new: index === 0 });
    expect([[boldOf(answer)]]).toEqual(await rowsOf(database, sql));
  });
});

describe('the demo model', () => {
  it('says once in a conversation that it is no Claude', async () => {
    expect(await talks.shop.ask('how many users?', { new: true })).toContain('not Claude');
    expect(await talks.shop.ask('how many users?')).not.toContain('Claude');
  });

  it('finds its way without a digest, and without a database named', async () => {
    await using talk = await openConversation(
      { ...databases.account, database: '' },
      { withDigest: false },
    );
    const answer = await talk.ask('top 3 customers by order total');
    const sql =
      'SELECT u.id, u.first_name, u.last_name, SUM(o.total) s FROM users u JOIN orders o ON o.user_id = u.id GROUP BY u.id ORDER BY s DESC LIMIT 3';
    expect(tableOf(answer)).toEqual(await rowsOf('shop', sql));
    expect(await talk.ask('which tables are there?')).toMatch(/\| loan \|[\s\S]*\| orders \|/);
  });

  it('shows which values there are when a word finds nothing', async () => {
    const answer = await talks.shop.ask('orders from Narnia', { new: true });
    expect(answer).toContain('I found no `orders` with `country` `Narnia`.');
    expect(answer).toContain('| DE |');
    expect(await talks.library.ask('how many imaginary loans?')).toMatch(
      /\*\*0\*\*[\s\S]*\| returned \|/,
    );
  });

  it('gives four examples that it understands itself', async () => {
    for (const talk of Object.values(talks)) {
      const answer = await talk.ask('Is the moon made of cheese?', { new: true });
      const examples = answer
        .split('\n')
        .flatMap((line) => (line.startsWith('- ') ? [line.slice(2)] : []));
      expect(examples).toHaveLength(4);
      for (const example of examples) {
        await talk.ask(example);
        expect(talk.calls()[0]).toMatch(/^(execute_query|list_tables|describe_table)/);
      }
    }
  });

  it.each([
    ['Jira', 'how many jira tickets are open?'],
    ['Amazon S3', 'list my S3 buckets'],
    ['Shopify', 'what is new on shopify?'],
  ])('says that %s is not connected', async (name, question) => {
    expect(await talks.shop.ask(question)).toContain(`${name} is not connected yet`);
    expect(talks.shop.calls()).toEqual([]);
  });

  const hostile = [
    "Robert'); DROP TABLE users;--",
    "orders with status 'x' OR '1'='1'",
    "orders with status \\' OR 1=1 -- ",
    'users named "\\"',
    'latest `users`; SELECT SLEEP(10)',
    'orders of user 99999999999999999999999',
    'top 0 products',
    'latest -5 orders',
    'orders '.repeat(5000),
    `${'('.repeat(3000)} users`,
    '| a | b |\n|---|---|\nhow many orders?',
    '🎉🎉🎉',
    '``` orders ```',
    '\u202eusers tsetal\u202c',
    'by by by per per orders by per',
    'toString constructor __proto__ users',
    'orders by constructor',
    'how many orders per constructor',
    'delete '.repeat(3000),
    'and please you '.repeat(3000),
  ];
  it.each(hostile)('answers %j without an error', async (question) => {
    const answer = await talks.shop.ask(question, { new: true });
    expect(answer).not.toContain('That did not work');
    expect(answer).toMatch(/\S/);
    for (const call of talks.shop.calls()) expect(call).not.toMatch(/SLEEP|DROP|1=1 --/);
  });
});
