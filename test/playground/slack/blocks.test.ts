import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../playground/slack/blocks/blocks.ts';
import {
  actions,
  button,
  cell,
  faultsOf,
  image,
  input,
  mrkdwn,
  option,
  outcome,
  plain,
  rich,
  type Surface,
  table,
  times,
  x,
} from './block-samples.ts';
import { clientOf, start } from './slack-fixture.ts';

const divider = { type: 'divider' };
const card = (more: object = {}) => ({ type: 'card', title: mrkdwn(), ...more });
const container = (more: object = {}) => ({
  type: 'container',
  title: plain(),
  child_blocks: [divider],
  ...more,
});
const task = (more: object = {}) => ({ type: 'task_card', task_id: 't', title: 'T', ...more });
const dataTable = (rows: number, columns = 1, more: object = {}) => ({
  ...table(rows, columns),
  type: 'data_table',
  caption: 'c',
  ...more,
});
const chart = (kind: object) => ({ type: 'data_visualization', title: 't', chart: kind });
const pie = (segments: number, label = 'a') =>
  chart({ type: 'pie', segments: times(segments, { label, value: 1 }) });
const line = (series: number, points: number, more: object = {}) => {
  const categories = Array.from({ length: points }, (_, index) => `c${index}`);
  const data = categories.map((label) => ({ label, value: 1 }));
  const names = Array.from({ length: series }, (_, index) => `s${index}`);
  return chart({
    type: 'line',
    series: names.map((name) => ({ name, data })),
    axis_config: { categories, ...more },
  });
};
const video = (more: object = {}) => ({
  type: 'video',
  video_url: 'https://example.test/v',
  thumbnail_url: 'https://example.test/t.png',
  alt_text: 'v',
  title: plain(),
  ...more,
});

describe('limits of a message, at the edge and past it', () => {
  it.each([
    ['blocks', (n: number) => times(n, divider), 50],
    ['block_id', (n: number) => [{ ...divider, block_id: x(n) }], 255],
    ['section text', (n: number) => [{ type: 'section', text: mrkdwn(n) }], 3_000],
    ['fields', (n: number) => [{ type: 'section', fields: times(n, mrkdwn()) }], 10],
    ['field text', (n: number) => [{ type: 'section', fields: [mrkdwn(n)] }], 2_000],
    ['header', (n: number) => [{ type: 'header', text: plain(n) }], 150],
    ['header level', (n: number) => [{ type: 'header', text: plain(), level: n }], 4],
    ['context', (n: number) => [{ type: 'context', elements: times(n, mrkdwn()) }], 10],
    ['context text', (n: number) => [{ type: 'context', elements: [mrkdwn(n)] }], 3_000],
    ['actions', (n: number) => [actions(...times(n, button()))], 25],
    ['image description', (n: number) => [image({ alt_text: x(n) })], 2_000],
    ['image title', (n: number) => [image({ title: plain(n) })], 2_000],
    ['table rows', (n: number) => [table(n, 1)], 100],
    ['table columns', (n: number) => [table(1, n)], 20],
    ['column settings', (n: number) => [{ ...table(1, 1), column_settings: times(n, null) }], 20],
    ['table characters', (n: number) => [{ type: 'table', rows: [[cell(x(n))]] }], 10_000],
    [
      'rich characters',
      (n: number) => [{ type: 'table', rows: [[rich({ type: 'text', text: x(n) })]] }],
      10_000,
    ],
    ['data table rows', (n: number) => [dataTable(n)], 201],
    ['data table columns', (n: number) => [dataTable(2, n)], 20],
    ['data table page', (n: number) => [dataTable(2, 1, { page_size: n })], 100],
    ['data table row header', (n: number) => [dataTable(2, 2, { row_header_column_index: n })], 1],
    [
      'data table characters',
      (n: number) => [dataTable(2), { ...dataTable(2), rows: [[cell()], [cell(x(n))]] }],
      19_997,
    ],
    ['chart title', (n: number) => [{ ...pie(1), title: x(n) }], 50],
    ['chart label', (n: number) => [pie(1, x(n))], 20],
    ['pie segments', (n: number) => [pie(n)], 12],
    ['series', (n: number) => [line(n, 1)], 12],
    ['points', (n: number) => [line(1, n)], 20],
    ['axis title', (n: number) => [line(1, 1, { x_label: x(n) })], 50],
    ['charts', (n: number) => times(n, pie(1)), 2],
    [
      'feedback',
      (n: number) => [
        {
          type: 'context_actions',
          elements: times(n, { type: 'icon_button', icon: 'trash', text: plain() }),
        },
      ],
      5,
    ],
    ['card title', (n: number) => [card({ title: mrkdwn(n) })], 150],
    ['card subtitle', (n: number) => [card({ subtitle: mrkdwn(n) })], 150],
    ['card body', (n: number) => [card({ body: mrkdwn(n) })], 200],
    ['card buttons', (n: number) => [card({ actions: times(n, button()) })], 3],
    ['carousel', (n: number) => [{ type: 'carousel', elements: times(n, card()) }], 10],
    ['container', (n: number) => [container({ child_blocks: times(n, divider) })], 10],
    ['container title', (n: number) => [container({ title: plain(n) })], 150],
    ['container subtitle', (n: number) => [container({ subtitle: mrkdwn(n) })], 150],
    ['task title', (n: number) => [task({ title: x(n) })], 256],
    ['plan title', (n: number) => [{ type: 'plan', title: x(n), tasks: [task()] }], 256],
    ['video title', (n: number) => [video({ title: plain(n) })], 199],
    ['video author', (n: number) => [video({ author_name: x(n) })], 49],
  ] as const)('%s', (_name, build, edge) => {
    expect(faultsOf(build(edge))).toEqual([]);
    expect(outcome(build(edge + 1))).toBe('invalid_blocks');
  });

  it.each([
    ['tables', (n: number) => times(n, table(2, 2)), 1, 'invalid_attachments'],
    ['Markdown', (n: number) => [{ type: 'markdown', text: x(n) }], 12_000, 'msg_too_long'],
    [
      'Markdown in all',
      (n: number) => [
        { type: 'markdown', text: x(6_000) },
        { type: 'markdown', text: x(n - 6_000) },
      ],
      12_000,
      'msg_too_long',
    ],
  ] as const)('%s', (_name, build, edge, error) => {
    expect([outcome(build(edge)), outcome(build(edge + 1))]).toEqual(['fine', error]);
  });

  it('bounds the payload as a whole, tables and charts apart', () => {
    const frame = JSON.stringify([
      ...times(4, { type: 'section', text: mrkdwn(3_000) }),
      { type: 'section', text: mrkdwn(1) },
    ]).length;
    const of = (length: number) => [
      ...times(4, { type: 'section', text: mrkdwn(3_000) }),
      { type: 'section', text: mrkdwn(1 + length - frame) },
    ];
    expect(outcome(of(13_200))).toBe('fine');
    expect(outcome([...of(13_200), table(100, 20), line(12, 20)])).toBe('fine');
    expect(outcome(of(13_201))).toBe('msg_blocks_too_long');
    expect(outcome(of(13_201), 'modal')).toBe('fine');
  });

  it.each(['modal', 'home'] as const)('lets 100 blocks stand in a %s', (surface) => {
    expect(outcome(times(100, divider), surface)).toBe('fine');
    expect(outcome(times(101, divider), surface)).toBe('invalid_arguments');
  });
});

describe('broken blocks are refused', () => {
  it.each([
    ['no array', divider],
    ['nothing', undefined],
    ['no object', ['divider']],
    ['null', [null]],
    ['no type', [{}]],
    ['an unknown type', [{ type: 'marquee' }]],
    ['a type that objects inherit', [{ type: 'constructor' }]],
    ['an id that is no string', [{ ...divider, block_id: 7 }]],
    ['a section without text', [{ type: 'section' }]],
    ['a section without fields', [{ type: 'section', fields: [] }]],
    ['empty text', [{ type: 'section', text: mrkdwn(0) }]],
    ['text that is a string', [{ type: 'section', text: 'hi' }]],
    ['mrkdwn in a header', [{ type: 'header', text: mrkdwn() }]],
    ['emoji of mrkdwn', [{ type: 'section', text: { ...mrkdwn(), emoji: true } }]],
    ['verbatim plain text', [{ type: 'section', text: { ...plain(), verbatim: true } }]],
    ['a header of level 0', [{ type: 'header', text: plain(), level: 0 }]],
    ['Markdown that is no string', [{ type: 'markdown', text: 7 }]],
    ['Markdown without text', [{ type: 'markdown', text: '' }]],
    ['no elements', [actions()]],
    ['an empty context', [{ type: 'context', elements: [] }]],
    ['a button in a context', [{ type: 'context', elements: [button()] }]],
    ['a button among feedback', [{ type: 'context_actions', elements: [button()] }]],
    [
      'an input as accessory',
      [{ type: 'section', text: mrkdwn(), accessory: { type: 'plain_text_input' } }],
    ],
    ['a button as input', [input(button())]],
    ['an input without label', [{ type: 'input', element: { type: 'plain_text_input' } }]],
    [
      'an image without a description',
      [{ type: 'image', image_url: 'https://example.test/a.png' }],
    ],
    ['an image from nowhere', [{ type: 'image', alt_text: 'a' }]],
    ['an image from two places', [image({ slack_file: { id: 'F1' } })]],
    ['an image from no address', [image({ image_url: 'a.png' })]],
    ['an image from a script', [image({ image_url: 'javascript:alert(1)' })]],
    [
      'a file by id and address',
      [{ type: 'image', alt_text: 'a', slack_file: { id: 'F1', url: 'https://example.test/f' } }],
    ],
    ['an empty table cell', [{ type: 'table', rows: [[cell('')]] }]],
    ['a table without rows', [{ type: 'table', rows: [] }]],
    ['a row without cells', [{ type: 'table', rows: [[]] }]],
    ['a cell that is text', [{ type: 'table', rows: [['x']] }]],
    [
      'a number that is none',
      [{ type: 'table', rows: [[{ type: 'raw_number', value: '7', text: '7' }]] }],
    ],
    ['a column aligned nowhere', [{ ...table(1, 1), column_settings: [{ align: 'top' }] }]],
    ['a data table without rows', [dataTable(1)]],
    ['a data table without caption', [{ ...dataTable(2), caption: '' }]],
    ['a data table of uneven rows', [{ ...dataTable(2), rows: [[cell()], [cell(), cell()]] }]],
    ['a rich header of a data table', [{ ...dataTable(2), rows: [[rich()], [cell()]] }]],
    ['a chart of an unknown kind', [chart({ type: 'radar' })]],
    [
      'series of one name',
      [
        chart({
          type: 'bar',
          series: times(2, { name: 's', data: [{ label: 'a', value: 1 }] }),
          axis_config: { categories: ['a'] },
        }),
      ],
    ],
    [
      'a point off the axis',
      [
        chart({
          type: 'area',
          series: [{ name: 's', data: [{ label: 'b', value: 1 }] }],
          axis_config: { categories: ['a'] },
        }),
      ],
    ],
    ['a card of nothing', [{ type: 'card', subtitle: mrkdwn() }]],
    ['a carousel of no cards', [{ type: 'carousel', elements: [divider] }]],
    ['a container without title', [container({ title: undefined })]],
    ['a container in a container', [container({ child_blocks: [container()] })]],
    ['a container of Markdown', [container({ child_blocks: [{ type: 'markdown', text: 'x' }] })]],
    ['a fault in a container', [container({ child_blocks: [{ type: 'section' }] })]],
    ['a task that is somewhere else', [task({ status: 'lost' })]],
    ['a task without id', [{ type: 'task_card', title: 'T' }]],
    ['a plan of anything', [{ type: 'plan', title: 'P', tasks: [divider] }]],
    ['a video without a thumbnail', [video({ thumbnail_url: undefined })]],
    ['a file that is not remote', [{ type: 'file', external_id: 'x', source: 'local' }]],
    ['the same block_id twice', times(2, { ...divider, block_id: 'same' })],
    [
      'the same block_id in a container',
      [{ ...divider, block_id: 'a' }, container({ child_blocks: [{ ...divider, block_id: 'a' }] })],
    ],
    ['the same action_id twice', [actions(button({ action_id: 'a' }), button({ action_id: 'a' }))]],
  ])('%s', (_name, blocks) => {
    expect(outcome(blocks)).toBe('invalid_blocks');
  });

  it('named with their place, as Slack does', () => {
    expect(faultsOf([divider, { type: 'section', text: mrkdwn(3_001) }])).toEqual([
      'failed to match all allowed schemas [json-pointer:/blocks/1/text]',
      'must be less than 3001 characters [json-pointer:/blocks/1/text/text]',
    ]);
    expect(faultsOf([{ type: 'section' }, { type: 'header' }])).toEqual([
      'must define either `fields` or `text` [json-pointer:/blocks/0]',
      'missing required field: text [json-pointer:/blocks/1]',
    ]);
  });

  it('with at most 100 sentences', () => {
    const row = { type: 'table', rows: times(100, times(20, cell(''))) };
    expect(faultsOf([row])).toHaveLength(100);
  });
});

describe('what is fine', () => {
  it.each([
    ['a file in Slack', [{ type: 'image', alt_text: 'a', slack_file: { id: 'F1' } }]],
    [
      'every cell',
      [
        {
          type: 'table',
          rows: [
            [
              cell(' '),
              { type: 'raw_number', value: 7, text: '7' },
              rich({ type: 'text', text: 'x' }),
            ],
          ],
        },
      ],
    ],
    [
      'the same action_id in two blocks',
      [actions(button({ action_id: 'a' })), actions(button({ action_id: 'a' }))],
    ],
    ['the same id of Markdown', times(2, { type: 'markdown', text: 'x' })],
    ['a plan without tasks', [{ type: 'plan', title: 'P' }]],
    [
      'a task in full',
      [
        task({
          status: 'complete',
          details: rich(),
          output: rich(),
          sources: [{ type: 'url', url: 'https://example.test', text: 's' }],
        }),
      ],
    ],
    [
      'a container in full',
      [
        container({
          child_blocks: [{ type: 'section', text: mrkdwn() }, actions(button())],
          width: 'wide',
          is_collapsible: true,
        }),
      ],
    ],
    [
      'an image as Slack tells of it',
      [image({ block_id: 'i', fallback: 'a', image_width: 9, image_height: 9, image_bytes: 9 })],
    ],
    ['a rich text with an id inside', [{ type: 'table', rows: [[{ ...rich(), block_id: 'r' }]] }]],
  ])('%s', (_name, blocks) => {
    expect(faultsOf(blocks)).toEqual([]);
  });
});

describe('a property too many', () => {
  it.each<[string, object, string]>([
    ['of a block', { ...divider, text: 'x' }, 'text [json-pointer:/blocks/0]'],
    [
      'of an element',
      actions(button({ block_id: 'x' })),
      'block_id [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'of a text',
      { type: 'header', text: { ...plain(), verbatim: true } },
      'verbatim [json-pointer:/blocks/0/text]',
    ],
    [
      'of an option',
      actions({ type: 'static_select', options: [option({ selected: true })] }),
      'selected [json-pointer:/blocks/0/elements/0/options/0]',
    ],
    [
      'of a rich text',
      rich({ type: 'text', text: 'x', bold: true }),
      'bold [json-pointer:/blocks/0/elements/0/elements/0]',
    ],
    [
      'of an image that is no block',
      { type: 'context', elements: [image({ title: plain() })] },
      'title [json-pointer:/blocks/0/elements/0]',
    ],
  ])('%s is refused with its place', (_name, block, fault) => {
    expect(faultsOf([block])).toEqual([`invalid additional property: ${fault}`]);
  });
});

describe('blocks in attachments', () => {
  const attached = (...blocks: object[]) => [{ color: '#fff', blocks }];

  it('are checked as those of messages, with a word of their own', async () => {
    await using slack = await start();
    const post = (blocks: object[]) =>
      clientOf(slack).apiCall('chat.postMessage', {
        channel: 'C0DATA',
        attachments: attached(...blocks),
      });
    await expect(post([divider, { type: 'header', text: plain(151) }])).rejects.toMatchObject({
      data: {
        error: 'invalid_attachments',
        response_metadata: {
          messages: [
            '[ERROR] must be less than 151 characters [json-pointer:/attachments/0/blocks/1/text/text]',
          ],
        },
      },
    });
    expect(await post([actions(button())])).toMatchObject({
      message: { attachments: [{ id: 1, blocks: [{ block_id: 'block-attachment-0-0' }] }] },
    });
  });
});

describe('where blocks may stand', () => {
  const alert = { type: 'alert', text: mrkdwn(), level: 'info' };
  it.each<[string, object, Surface[]]>([
    ['markdown', { type: 'markdown', text: 'x' }, ['message']],
    [
      'context_actions',
      {
        type: 'context_actions',
        elements: [{ type: 'icon_button', icon: 'trash', text: plain() }],
      },
      ['message'],
    ],
    ['task_card', task(), ['message']],
    ['plan', { type: 'plan', title: 'P' }, ['message']],
    ['table', table(1, 1), ['message', 'home']],
    ['data_table', dataTable(2), ['message', 'home']],
    ['alert', alert, ['modal']],
    ['input', input({ type: 'plain_text_input' }), ['message', 'modal', 'home']],
    ['file_input', input({ type: 'file_input' }), ['modal']],
    ['section', { type: 'section', text: mrkdwn() }, ['message', 'modal', 'home']],
  ])('%s', (_name, block, surfaces) => {
    const all: Surface[] = ['message', 'modal', 'home'];
    expect(all.filter((surface) => outcome([block], surface) === 'fine')).toEqual(surfaces);
  });
});

describe('with limits switched off', () => {
  const tooLong = [{ type: 'markdown', text: x(12_001) }];
  const broken = [{ type: 'section', text: mrkdwn(4_000) }, { type: 'marquee' }];
  it.each([
    ['blocks', { blocks: false, sizes: true }, 'msg_too_long', 'fine'],
    ['sizes', { blocks: true, sizes: false }, 'fine', 'invalid_blocks'],
  ])('%s', (_name, limits, long, odd) => {
    expect(outcome(tooLong, 'message', limits)).toBe(long);
    expect(outcome(broken, 'message', limits)).toBe(odd);
  });

  it.each([[[null]], ['x'], [[[]]], [[{ type: 7 }]]])('blocks are still blocks: %j', (blocks) => {
    expect(outcome(blocks, 'message', { blocks: false, sizes: false })).toBe('invalid_blocks');
  });

  it.each([
    [{ type: 'constructor' }],
    [{ type: 'actions', elements: 7 }],
    [{ type: 'carousel', elements: [null, 7, { type: 'card', actions: [null] }] }],
    [{ type: 'container', child_blocks: [[], { type: 'table', rows: 'x' }] }],
    [{ type: 'table', rows: [null, ['x']] }],
  ])('strange ones come through: %j', (block) => {
    expect(outcome([block], 'message', { blocks: false, sizes: true })).toBe('fine');
  });
});

it('names blocks and elements that came without ids, those inside others too', () => {
  const [first, row, part, cards] = checkBlocks([
    divider,
    { ...actions(button()), block_id: 'mine' },
    { type: 'section', text: mrkdwn(), accessory: button() },
    { type: 'carousel', elements: [card({ actions: [button(), button()] })] },
  ]);
  expect(first?.block_id).toBe('block-0');
  expect(row).toMatchObject({ block_id: 'mine', elements: [{ action_id: 'action-1-0' }] });
  expect(part).toMatchObject({ accessory: { action_id: 'action-2-0' } });
  expect(cards).toMatchObject({
    elements: [
      {
        block_id: 'block-3-0',
        actions: [{ action_id: 'action-3-0-0' }, { action_id: 'action-3-0-1' }],
      },
    ],
  });
});

describe('blocks.validate', () => {
  it.each([
    ['blocks', { blocks: [divider] }, undefined],
    ['a message', { message: { blocks: [divider] } }, undefined],
    ['a view', { view: { type: 'modal', title: plain(), blocks: [divider] } }, undefined],
    [
      'broken blocks',
      { blocks: [{ type: 'header', text: plain(0) }] },
      {
        error: 'invalid_blocks',
        pointer: '/0/text/text',
        message: 'must be more than 0 characters',
      },
    ],
    [
      'a broken message',
      { message: { blocks: [{ type: 'header' }] } },
      { error: 'invalid_message', pointer: '/blocks/0', message: 'missing required field: text' },
    ],
    [
      'a broken view',
      { view: { type: 'modal', title: plain(25), blocks: [] } },
      { error: 'invalid_view', pointer: '/title/text', message: 'must be less than 25 characters' },
    ],
    ['nothing', {}, { error: 'invalid_arguments' }],
    ['two things', { blocks: [divider], message: {} }, { error: 'invalid_arguments' }],
  ])('needs no token and checks %s', async (_name, args, expected) => {
    await using slack = await start();
    const response = await fetch(`${slack.env.SLACK_API_URL}blocks.validate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(args),
    });
    const answer = (await response.json()) as { ok: boolean; error?: string; errors?: object[] };
    const [first] = answer.errors ?? [];
    const found = answer.ok ? undefined : { error: answer.error, ...first };
    if (expected) expect(found).toMatchObject(expected);
    else expect(found).toBeUndefined();
  });
});

it('tells the real client what was wrong', async () => {
  await using slack = await start();
  const call = clientOf(slack).chat.postMessage({
    channel: 'C0DATA',
    text: 'x',
    blocks: [{ type: 'header', text: { type: 'plain_text', text: x(151) } }],
  });
  await expect(call).rejects.toMatchObject({
    data: {
      error: 'invalid_blocks',
      errors: ['must be less than 151 characters [json-pointer:/blocks/0/text/text]'],
      response_metadata: {
        messages: ['[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]'],
      },
    },
  });
});
