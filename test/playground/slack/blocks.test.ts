import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../playground/slack/blocks.ts';
import { Refusal } from '../../../playground/slack/refusal.ts';

const mrkdwn = (length: number) => ({ type: 'mrkdwn', text: 'x'.repeat(length) });
const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) });
const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);
const button = (length = 5) => ({ type: 'button', text: plain(length) });
const cell = (text = 'x') => ({ type: 'raw_text', text });
const table = (rows: number, columns: number) => ({
  type: 'table',
  rows: times(rows, times(columns, cell())),
});
const options = (count: number) => times(count, { text: plain(3), value: 'v' });

function outcome(blocks: unknown, surface: 'message' | 'modal' | 'home' = 'message'): string {
  try {
    checkBlocks(blocks, surface);
    return 'fine';
  } catch (error) {
    return error instanceof Refusal ? error.error : String(error);
  }
}

describe('limits, at the edge and past it', () => {
  it.each([
    ['blocks', (n: number) => times(n, { type: 'divider' }), 50, 'invalid_blocks'],
    [
      'section text',
      (n: number) => [{ type: 'section', text: mrkdwn(n) }],
      3_000,
      'invalid_blocks',
    ],
    [
      'fields',
      (n: number) => [{ type: 'section', fields: times(n, mrkdwn(1)) }],
      10,
      'invalid_blocks',
    ],
    [
      'field text',
      (n: number) => [{ type: 'section', fields: [mrkdwn(n)] }],
      2_000,
      'invalid_blocks',
    ],
    ['header', (n: number) => [{ type: 'header', text: plain(n) }], 150, 'invalid_blocks'],
    [
      'context elements',
      (n: number) => [{ type: 'context', elements: times(n, mrkdwn(1)) }],
      10,
      'invalid_blocks',
    ],
    [
      'actions',
      (n: number) => [{ type: 'actions', elements: times(n, button()) }],
      25,
      'invalid_blocks',
    ],
    [
      'button text',
      (n: number) => [{ type: 'actions', elements: [button(n)] }],
      75,
      'invalid_blocks',
    ],
    [
      'button value',
      (n: number) => [{ type: 'actions', elements: [{ ...button(), value: 'x'.repeat(n) }] }],
      2_000,
      'invalid_blocks',
    ],
    [
      'options',
      (n: number) => [
        { type: 'actions', elements: [{ type: 'static_select', options: options(n) }] },
      ],
      100,
      'invalid_blocks',
    ],
    ['table rows', (n: number) => [table(n, 1)], 100, 'invalid_blocks'],
    ['table columns', (n: number) => [table(1, n)], 20, 'invalid_blocks'],
    [
      'table characters',
      (n: number) => [{ type: 'table', rows: [[cell('x'.repeat(n))]] }],
      10_000,
      'invalid_blocks',
    ],
    ['tables', (n: number) => times(n, table(2, 2)), 1, 'invalid_attachments'],
    [
      'Markdown',
      (n: number) => [{ type: 'markdown', text: 'x'.repeat(n) }],
      12_000,
      'msg_too_long',
    ],
    [
      'block_id',
      (n: number) => [{ type: 'divider', block_id: 'x'.repeat(n) }],
      255,
      'invalid_blocks',
    ],
  ] as const)('%s', (_name, build, edge, error) => {
    expect(outcome(build(edge))).toBe('fine');
    expect(outcome(build(edge + 1))).toBe(error);
  });

  it('counts Markdown over all blocks', () => {
    const half = { type: 'markdown', text: 'x'.repeat(6_000) };
    expect(outcome([half, half])).toBe('fine');
    expect(outcome([half, half, { type: 'markdown', text: 'x' }])).toBe('msg_too_long');
  });

  it('bounds the payload as a whole, tables apart', () => {
    const section = { type: 'section', text: mrkdwn(2_900) };
    expect(outcome(times(4, section))).toBe('fine');
    expect(outcome([...times(4, section), table(100, 20)])).toBe('fine');
    expect(outcome(times(5, section))).toBe('msg_blocks_too_long');
    expect(outcome(times(5, section), 'modal')).toBe('fine');
  });
});

describe('broken blocks', () => {
  it.each([
    ['no array', { type: 'divider' }],
    ['no object', ['divider']],
    ['null', [null]],
    ['no type', [{}]],
    ['an unknown type', [{ type: 'marquee' }]],
    ['a type that objects inherit', [{ type: 'constructor' }]],
    ['a section without text', [{ type: 'section' }]],
    ['empty text', [{ type: 'section', text: mrkdwn(0) }]],
    ['mrkdwn in a header', [{ type: 'header', text: mrkdwn(3) }]],
    ['text that is no string', [{ type: 'markdown', text: 7 }]],
    ['an empty table cell', [{ type: 'table', rows: [[cell('')]] }]],
    ['no elements', [{ type: 'actions', elements: [] }]],
    ['an unknown element', [{ type: 'actions', elements: [{ type: 'lever' }] }]],
    [
      'a feedback button among actions of context',
      [{ type: 'context_actions', elements: [button()] }],
    ],
    [
      'an image without a description',
      [{ type: 'image', image_url: 'https://example.test/a.png' }],
    ],
    ['the same block_id twice', times(2, { type: 'divider', block_id: 'same' })],
  ])('are refused: %s', (_name, blocks) => {
    expect(outcome(blocks)).toBe('invalid_blocks');
  });

  it('are named with their place', () => {
    const blocks = [{ type: 'divider' }, { type: 'section', text: mrkdwn(3_001) }];
    expect(() => checkBlocks(blocks)).toThrow('[json-pointer:/blocks/1/text/text]');
  });

  it('may be right elsewhere: Markdown belongs to messages', () => {
    const blocks = [{ type: 'markdown', text: 'hi' }];
    expect([outcome(blocks), outcome(blocks, 'modal')]).toEqual(['fine', 'invalid_blocks']);
  });
});

it('names blocks and elements that came without ids', () => {
  const [divider, actions] = checkBlocks([
    { type: 'divider' },
    { type: 'actions', block_id: 'mine', elements: [button()] },
  ]);
  expect(divider?.block_id).toBe('block-0');
  expect(actions).toMatchObject({ block_id: 'mine', elements: [{ action_id: 'action-1-0' }] });
});
