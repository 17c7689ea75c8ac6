import { describe, expect, it } from 'vitest';
import { fromRules } from '../../../playground/model/rules/rules.ts';
import type { Piece } from '../../../playground/model/turn.ts';
import type { ModelMessage } from '../../../playground/model/validate.ts';

const { respond } = fromRules({ speed: 0 });

const toolsOf: Record<string, string[]> = {
  mysql: ['execute_query', 'describe_table', 'list_tables'],
  s3: ['list_buckets', 'list_objects', 'read_object', 'search_objects'],
  jira: ['search_issues', 'get_changelog', 'count_issues', 'get_issue'],
  shopify: ['list_orders', 'get_inventory', 'get_order', 'count_records'],
  'a-down': ['execute_query', 'describe_table', 'list_tables'],
  'b-up': ['execute_query', 'describe_table', 'list_tables'],
  wiki: ['search', 'fetch'],
};
const all = ['mysql', 's3', 'jira', 'shopify'];
const digest = [
  'shop.orders (~5000 rows): id int PK, status varchar(9), total decimal(9,2), created_at datetime [time]',
  'shop.products (~120 rows): id int PK, sku varchar(24), name varchar(99), stock int',
].join('\n');

/** A call of an earlier turn and what came back. */
type Made = [name: string, input: object, result: object | string];

interface Turn {
  question: string;
  /** Steps, each with calls made side by side. */
  made?: Made[][];
  /** What the model answered; the last turn has none yet. */
  said?: string;
}

function ask(turns: Turn[], { sources = all, only = '', system = digest } = {}): Piece[] {
  const context = `<context>\nnow: Sunday, 22 November 2026 at 14:05 (UTC)\nsource in use: ${only ? `only ${only}` : 'any'}\n</context>`;
  const messages = turns.flatMap(({ question, made = [], said }): ModelMessage[] => [
    { role: 'user', content: [context, question].map((text) => ({ type: 'text', text })) },
    ...made.flatMap((step, at) => toMessages(step, `${question}-${at}`)),
    ...(said === undefined ? [] : [{ role: 'assistant' as const, content: said }]),
  ]);
  const tools = sources.flatMap((source) =>
    (toolsOf[source] ?? []).map((name) => ({
      name: `${source}__${name}`,
      input_schema: { type: 'object' as const },
    })),
  );
  return [
    respond({
      model: 'claude-sonnet-5-5',
      max_tokens: 99,
      system: sources.some((name) => toolsOf[name]?.includes('execute_query')) ? system : '',
      tools,
      messages,
    }),
  ].flat() as Piece[];
}

const toMessages = (step: Made[], id: string): ModelMessage[] => [
  {
    role: 'assistant',
    content: step.map(([name, input], at) => ({
      type: 'tool_use',
      id: `${id}-${at}`,
      name,
      input: input as Record<string, unknown>,
    })),
  },
  {
    role: 'user',
    content: step.map(([, , result], at) => ({
      type: 'tool_result',
      tool_use_id: `${id}-${at}`,
      ...(typeof result === 'string' && { is_error: true }),
      content: JSON.stringify({
        source: 'x',
        trust: 'none',
        ...(typeof result === 'string' ? { error: result } : { data: result }),
      }),
    })),
  },
];

const callsOf = (pieces: Piece[]) =>
  pieces.flatMap((piece) => (piece.type === 'tool' ? [[piece.name, piece.input]] : []));
const textOf = (pieces: Piece[]) =>
  pieces.map((piece) => (piece.type === 'text' ? piece.chunks.join('') : '')).join('');

const newest = 'ORDER BY created DESC';
const search = (jql: string, limit = 20) => [
  'jira__search_issues',
  { jql: `${jql} ${newest}`, limit },
];
const rows = (sku: string) => [
  'mysql__execute_query',
  {
    query: `SELECT t.\`sku\`, t.\`stock\` FROM \`shop\`.\`products\` t WHERE t.\`sku\` = '${sku}' LIMIT 2`,
    max_rows: 2,
  },
];

describe('the first call for a question', () => {
  it.each([
    ['which buckets are there?', ['s3__list_buckets', {}]],
    ['files in exports', ['s3__list_buckets', {}]],
    ['find *.csv', ['s3__list_buckets', {}]],
    [
      'read s3://logs/app/current.jsonl',
      ['s3__read_object', { bucket: 'logs', key: 'app/current.jsonl' }],
    ],
    [
      'versions of s3://media/a.png',
      ['s3__list_object_versions', { bucket: 'media', key: 'a.png' }],
    ],
    ['open bugs in SHOP', search('type = Bug AND statusCategory != Done AND project = "SHOP"')],
    ['open bugs in shop', search('type = Bug AND statusCategory != Done AND project = "shop"')],
    ['OPEN BUGS IN SHOP!!!', search('type = Bug AND statusCategory != Done AND project = "shop"')],
    [
      'bugs in progress in web shop',
      search('type = Bug AND status = "In Progress" AND project = "web shop"'),
    ],
    ['bugs assigned to priya', ['jira__search_users', { query: 'priya' }]],
    ['bugs in shop assigned to priya', ['jira__search_users', { query: 'priya' }]],
    ['what happened on OPS-29?', ['jira__get_changelog', { issue_key: 'OPS-29', limit: 20 }]],
    ['the 5 newest incidents', search('type = Incident', 5)],
    ['open tickets for order #4711', search('text ~ "\\"#4711\\"" AND statusCategory != Done')],
    ['issues that mention #4711', search('text ~ "\\"#4711\\""')],
    ['tickets created last week', search('created >= "2026-11-09" AND created < "2026-11-16"')],
    [
      'jql: project = "A b" AND due < now()',
      ['jira__search_issues', { jql: 'project = "A b" AND due < now()', limit: 20 }],
    ],
    ['open bugs of Nils Lindqvist', ['jira__search_users', { query: 'Nils Lindqvist' }]],
    ['what changed on shop-12?', ['jira__get_changelog', { issue_key: 'SHOP-12', limit: 20 }]],
    ['comments on OPS-7', ['jira__list_comments', { issue_key: 'OPS-7', limit: 10 }]],
    [
      'how many open issues per status?',
      ['jira__count_issues', { jql: 'statusCategory != Done', group_by: 'status' }],
    ],
    ['what is in the active sprint?', ['jira__list_boards', {}]],
    [
      'low stock',
      [
        'shopify__list_variants',
        { query: 'product_status:active', low_stock_below: 10, limit: 50 },
      ],
    ],
    ['inventory of sku-0120', ['shopify__get_inventory', { sku: 'SKU-0120' }]],
    ['order #4711', ['shopify__get_order', { order: '#4711' }]],
    ['who is the customer of #4711?', ['shopify__get_order', { order: '#4711' }]],
    [
      'how many unfulfilled orders?',
      ['shopify__count_records', { kind: 'orders', query: 'fulfillment_status:unfulfilled' }],
    ],
    [
      'products by Harbour in Shopify',
      ['shopify__list_products', { vendor: 'Harbour', sort: 'updated', limit: 20 }],
    ],
    [
      'orders of a.b@example.org',
      ['shopify__list_orders', { customer: 'a.b@example.org', sort: 'newest', limit: 10 }],
    ],
    [
      'orders of a.b@example.org in Shopify',
      ['shopify__list_orders', { customer: 'a.b@example.org', sort: 'newest', limit: 10 }],
    ],
    [
      'orders of Uma Weiß in Shopify',
      ['shopify__list_customers', { query: 'Uma Weiß', limit: 10 }],
    ],
    ['stock of SKU-0120', rows('SKU-0120')],
    ['stock of SKU NOPE-999', rows('NOPE-999')],
  ])('%s', (question, call) => {
    expect(callsOf(ask([{ question }]))[0]).toEqual(call);
  });

  it('goes to the database where no other source is named', () => {
    const [[name] = []] = callsOf(ask([{ question: 'latest orders' }]));
    expect(name).toBe('mysql__execute_query');
  });

  it('goes to the database that tells of its tables, where there are several', () => {
    const system = `<digest source="b-up">\n${digest}\n</digest>`;
    const first = (more: object) =>
      callsOf(ask([{ question: 'latest orders' }], { sources: ['a-down', 'b-up'], ...more }))[0];
    expect(first({ system })?.[0]).toBe('b-up__execute_query');
    expect(first({ system, only: 'a-down' })?.[0]).toBe('a-down__execute_query');
  });

  it('goes to the only source where there is no database', () => {
    const [[name] = []] = callsOf(ask([{ question: 'latest orders' }], { sources: ['shopify'] }));
    expect(name).toBe('shopify__list_orders');
  });

  it('is one to each source that a question takes, side by side', () => {
    const calls = callsOf(ask([{ question: 'what happened with order #4711?' }]));
    expect(calls.map(([name]) => name)).toEqual([
      'shopify__get_order',
      'mysql__execute_query',
      'jira__search_issues',
    ]);
    expect(
      callsOf(ask([{ question: 'is the stock of SKU-7000 the same in Shopify and MySQL?' }])),
    ).toEqual([['shopify__get_inventory', { sku: 'SKU-7000' }], rows('SKU-7000')]);
  });
});

const buckets = { buckets: [{ name: 'acme-exports' }, { name: 'acme-logs' }], truncated: false };
const listed: Made = ['s3__list_buckets', {}, buckets];
const issues = (...keys: string[]) => ({
  issues: keys.map((key) => ({ key, summary: `About ${key}`, status: 'To Do' })),
  truncated: false,
});

describe('what follows from results', () => {
  it('finds a bucket by a part of its name', () => {
    const calls = callsOf(ask([{ question: 'files in logs', made: [[listed]] }]));
    expect(calls).toEqual([['s3__list_objects', { bucket: 'acme-logs', prefix: '' }]]);
  });

  it('asks back where several buckets fit, and names all where none does', () => {
    expect(textOf(ask([{ question: 'files in acme', made: [[listed]] }]))).toMatch(
      /^Which bucket do you mean: `acme-exports` or `acme-logs`\?/,
    );
    expect(textOf(ask([{ question: 'files in nowhere', made: [[listed]] }]))).toMatch(
      /^There is no bucket `nowhere`\. There are `acme-exports` and `acme-logs`\./,
    );
  });

  it('says when a list was cut', () => {
    const found = { folders: [], objects: [{ key: 'a.csv', size: 5 }], truncated: true };
    const step: Made = ['s3__list_objects', { bucket: 'acme-logs', prefix: '' }, found];
    expect(textOf(ask([{ question: 'files in logs', made: [[listed], [step]] }]))).toContain(
      'The list was cut: there are more.',
    );
  });

  it('passes on what a source says of a wrong name', () => {
    const input = { issue_key: 'SHOP-9', limit: 20 };
    const error = 'NOT_FOUND: SHOP-9 does not exist. Try: SHOP-8.\n{"code":"NOT_FOUND"}';
    const made: Made[][] = [[['jira__get_changelog', input, error]]];
    expect(textOf(ask([{ question: 'what changed on SHOP-9?', made }]))).toMatch(
      /^I did not find that\. The source says: `SHOP-9 does not exist\. Try: SHOP-8\.`/,
    );
  });

  it('puts the account of a person in the place of the name, and asks which of several is meant', () => {
    const people = (...names: string[]) => ({
      users: names.map((display_name, at) => ({ display_name, account_id: `id-${at}` })),
    });
    const turn = (found: object): Turn => ({
      question: 'tickets of Ada',
      made: [[['jira__search_users', { query: 'Ada' }, found]]],
    });
    expect(callsOf(ask([turn(people('Ada Lovelace'))]))[0]).toEqual(search('assignee = "id-0"'));
    expect(textOf(ask([turn(people('Ada Lovelace', 'Ada Li'))]))).toContain(
      'Whom do you mean: Ada Lovelace or Ada Li?',
    );
  });

  it('answers from the sources that answered, and says which did not', () => {
    const question = 'what happened with order #4711?';
    const order = { order: { name: '#4711', total: { amount: '12.5', currency: 'EUR' } } };
    const results = [order, 'TIMEOUT: after 15 s', issues()];
    const step = callsOf(ask([{ question }])).map(
      ([name, input], at) => [name, input, results[at]] as Made,
    );
    const text = textOf(ask([{ question, made: [step] }]));
    expect(text).toContain('Order **#4711**');
    expect(text).toContain('12.50 EUR');
    expect(text).toMatch(/SQL database[\s\S]*took too long/);
    expect(text).toContain('No ticket mentions #4711.');
  });

  it('compares numbers as they came', () => {
    const question = 'is the stock of SKU-7000 the same in Shopify and MySQL?';
    const stock = { items: [{ sku: 'SKU-7000', levels: [{ available: 4 }, { available: 3 }] }] };
    const table = { columns: [{ name: 'sku' }, { name: 'stock' }], rows: [['SKU-7000', 8]] };
    const step = callsOf(ask([{ question }])).map(
      ([name, input], at) => [name, input, [stock, table][at]] as Made,
    );
    expect(textOf(ask([{ question, made: [step] }]))).toMatch(
      /^No: Shopify has \*\*7\*\* .* the database says \*\*8\*\*, a difference of 1\./,
    );
  });
});

describe('a question that goes on from the one before', () => {
  const bugs: Turn = {
    question: 'open bugs in SHOP',
    made: [[['jira__search_issues', {}, issues('SHOP-5', 'SHOP-3')]]],
    said: 'There are 2.',
  };
  const one: Turn = {
    question: 'show SHOP-7',
    made: [[['jira__get_issue', { issue_key: 'SHOP-7' }, { issue: { key: 'SHOP-7' } }]]],
    said: 'It is open.',
  };
  const bucketList: Turn = { question: 'list buckets', made: [[listed]], said: 'Two.' };
  const file: Turn = {
    question: 'preview a.csv',
    made: [
      [
        [
          's3__preview_table_object',
          { bucket: 'acme-logs', key: 'x/a.csv', rows: 10 },
          { rows: [] },
        ],
      ],
    ],
    said: 'No rows.',
  };
  const stock: Turn = {
    question: 'inventory of SKU-0120',
    made: [[['shopify__get_inventory', { sku: 'SKU-0120' }, { items: [] }]]],
    said: 'None.',
  };
  it.each<[string, Turn, string, unknown]>([
    [
      'the second of a list',
      bugs,
      'what changed on the second one?',
      ['jira__get_changelog', { issue_key: 'SHOP-3', limit: 20 }],
    ],
    [
      'another project',
      bugs,
      'and in OPS?',
      search('type = Bug AND statusCategory != Done AND project = "OPS"'),
    ],
    [
      'its comments',
      one,
      'and its comments',
      ['jira__list_comments', { issue_key: 'SHOP-7', limit: 10 }],
    ],
    ['it', one, 'what changed on it?', ['jira__get_changelog', { issue_key: 'SHOP-7', limit: 20 }]],
    [
      'another key',
      one,
      'and OPS-2?',
      ['jira__get_issue', { issue_key: 'OPS-2', include: ['links'] }],
    ],
    [
      'that file',
      file,
      'how large is that file?',
      ['s3__get_object_metadata', { bucket: 'acme-logs', key: 'x/a.csv' }],
    ],
    [
      'its lines',
      file,
      'and its last 5 lines',
      ['s3__read_object', { bucket: 'acme-logs', key: 'x/a.csv', mode: 'tail', line_count: 5 }],
    ],
    [
      'its rows',
      file,
      'how many rows does it have?',
      ['s3__preview_table_object', { bucket: 'acme-logs', key: 'x/a.csv', rows: 10 }],
    ],
    [
      'a number in a list',
      bugs,
      'what changed on the 2nd one?',
      ['jira__get_changelog', { issue_key: 'SHOP-3', limit: 20 }],
    ],
    ['another product', stock, 'and SKU-0121?', ['shopify__get_inventory', { sku: 'SKU-0121' }]],
    ['another source', stock, 'and in MySQL?', rows('SKU-0120')],
    [
      'a question to the database',
      bugs,
      'how many orders?',
      [
        'mysql__execute_query',
        { query: 'SELECT COUNT(*) AS `count` FROM `shop`.`orders` t', max_rows: 20 },
      ],
    ],
  ])('%s', (_, before, question, call) => {
    expect(callsOf(ask([before, { question }]))[0]).toEqual(call);
  });

  it('means the bucket that was named last', () => {
    const made: Made[][] = [[listed]];
    const calls = callsOf(ask([bucketList, { question: 'what is in the second one?', made }]));
    expect(calls).toEqual([['s3__list_objects', { bucket: 'acme-logs', prefix: '' }]]);
  });
});

describe('what it does not know', () => {
  it.each(['and their tickets?', 'how many tickets do they have?', 'her open bugs'])(
    '%s: whose, is asked where nobody was spoken of',
    (question) => {
      const pieces = ask([{ question: 'open bugs in SHOP', said: 'None.' }, { question }]);
      expect(callsOf(pieces)).toEqual([]);
      expect(textOf(pieces)).toContain('Whose tickets do you mean?');
    },
  );

  it('has no rules for the tools of other servers', () => {
    const pieces = ask([{ question: 'echo hello' }], { sources: [...all, 'wiki'], only: 'wiki' });
    expect(textOf(pieces)).toContain('the demo model knows no questions for wiki');
  });

  it.each([
    ['open bugs in SHOP sorted by colour', '“sorted”, “by” and “colour”'],
    ['files in exports written by aliens', '“written”, “by” and “aliens”'],
    ['low stock except tents', '“except” and “tents”'],
  ])('%s: names the words', (question, words) => {
    expect(textOf(ask([{ question }]))).toContain(`I did not understand ${words}`);
  });

  it.each([
    ['files in exports', ['jira'], 'Open bugs in SHOP'],
    ['which tickets mention orders of a@example.org?', ['jira', 'mysql'], 'takes Shopify'],
    ['open bugs in Jira', ['shopify'], 'Jira is not connected'],
    ['open bugs in Jira', ['mysql'], 'Jira is not connected'],
  ])('%s, with %s alone', (question, sources, text) => {
    const pieces = ask([{ question }], { sources });
    expect(callsOf(pieces)).toEqual([]);
    expect(textOf(pieces)).toContain(text);
  });

  it('asks no source but the one in use', () => {
    const order = ask([{ question: 'order #4711' }], { only: 'jira' });
    expect(callsOf(order)).toEqual([]);
    expect(textOf(order)).toContain(
      'Only jira is in use here, so I cannot look in Shopify. `/datasource auto` makes all sources available.',
    );
    const rowsWanted = ask([{ question: 'how many orders?' }], { only: 'jira' });
    expect(callsOf(rowsWanted)).toEqual([]);
    expect(textOf(rowsWanted)).toContain('Only jira is in use here');
  });

  it.each(['delete that bucket', 'please remove the file customers.csv', 'update SHOP-12'])(
    '%s: changes nothing',
    (question) => {
      const pieces = ask([{ question }]);
      expect(callsOf(pieces)).toEqual([]);
      expect(textOf(pieces)).toContain('I can only read data');
    },
  );

  it.each([
    ['nothing', ''],
    ['a quote', '"'],
    ['brackets', 'files in ((((['],
    ['a script', '<script>alert(1)</script> buckets'],
    ['an injection', 'open bugs in SHOP" OR project = "OPS'],
    ['40,000 letters', `find ${'a'.repeat(40_000)}`],
    ['half a pair', 'files in \ud83d'],
  ])('survives %s', (_, question) => {
    expect(() => ask([{ question: question.toWellFormed() }])).not.toThrow();
  });
});
