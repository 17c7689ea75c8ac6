import { describe, expect, it } from 'vitest';
import type { AgentEvent } from '../../../src/agent/events.ts';
import { createGate } from '../../../src/bot/reply/output-gate.ts';
import { type ReplyForm, render, type SlackMessage } from '../../../src/bot/reply/render.ts';
import { advance, emptyReply } from '../../../src/bot/reply/state.ts';

const gate = createGate({ allowedHosts: ['tickets.example.com'], secrets: ['correct-horse-9'] });
const shown = (events: AgentEvent[], form: ReplyForm = 'markdown') =>
  render(events.reduce(advance, emptyReply), { gate, form });

const text = (words: string, step = 1): AgentEvent => ({ type: 'text', step, text: words });
const done: AgentEvent = { type: 'done', reason: 'answered' };
const tool = (
  id: string,
  detail = 'SELECT 1',
  source = 'MySQL',
  more: { step?: number; tool?: string } = {},
): AgentEvent => ({
  type: 'tool-started',
  step: 1,
  id,
  source,
  tool: 'execute_query',
  detail,
  ...more,
});
const finished = (
  id: string,
  more: Partial<Extract<AgentEvent, { type: 'tool-finished' }>> = {},
): AgentEvent => ({
  type: 'tool-finished',
  id,
  ok: true,
  ms: 400,
  ...more,
});

/** The words in a message's blocks, by kind of block. */
function words({ blocks }: SlackMessage): string[] {
  return blocks.map((block) => {
    if (block.type === 'markdown') return `markdown: ${block.text}`;
    if (block.type === 'section') return `section: ${block.text?.text}`;
    if (block.type === 'context')
      return `context: ${block.elements.map((element) => ('text' in element ? element.text : '')).join()}`;
    return block.type;
  });
}
const first = (events: AgentEvent[], form?: ReplyForm) =>
  words(shown(events, form)[0] as SlackMessage);

describe('while it works', () => {
  it.each<[string, AgentEvent[], string[]]>([
    ['nothing yet', [], ['markdown: _Thinking…_']],
    [
      'a status',
      [{ type: 'status', text: 'Reading the thread' }],
      ['markdown: _Reading the thread_'],
    ],
    ['patience', [{ type: 'waiting', text: 'MySQL is slow' }], ['markdown: _MySQL is slow_']],
    [
      'a thought',
      [{ type: 'thinking', step: 1, text: 'Well, **look** at\n`orders`' }],
      ["markdown: _Well, **look** at 'orders'_"],
    ],
    [
      'a tool',
      [tool('a', 'SELECT *\n  FROM `users`')],
      ["markdown: _Querying MySQL:_ `SELECT * FROM 'users'`"],
    ],
    ['a tool without detail', [tool('a', '')], ['markdown: _Querying MySQL…_']],
    [
      'a tool that tells how far it is',
      [tool('a'), { type: 'tool-progress', id: 'a', message: '40 %' }],
      ['markdown: _Querying MySQL:_ `SELECT 1` · 40 %'],
    ],
    [
      'five tools',
      ['a', 'b', 'c', 'd', 'e'].map((id) => tool(id)),
      [`markdown: ${'_Querying MySQL:_ `SELECT 1`\n\n'.repeat(3)}_and 2 more_`],
    ],
    ['a finished tool', [tool('a'), finished('a')], ['markdown: _Thinking…_']],
    ['text', [text('**Sev')], ['markdown: **Sev**', 'context: _Writing…_']],
    [
      'text and a tool',
      [text('Let me look.'), tool('a', 'a < b')],
      ['markdown: Let me look.', 'context: _Querying MySQL:_ `a &lt; b`'],
    ],
    ['text that can not be shown yet', [text('| a |')], ['markdown: _Writing…_']],
  ])('it shows %s', (_, events, expected) => {
    expect(first(events)).toEqual(expected);
  });

  it('shows no half of a secret', () => {
    expect(first([text('It is correct-hor')])).toEqual(['markdown: It is', 'context: _Writing…_']);
    expect(first([text('It is correct-horse-9')])).toEqual([
      'markdown: It is [redacted]',
      'context: _Writing…_',
    ]);
    const thought: AgentEvent = { type: 'thinking', step: 1, text: 'It is correct-hor' };
    expect(first([thought])).toEqual(['markdown: _It is_']);
    const long = `${'x '.repeat(60)}correct-horse-9 ${'y '.repeat(40)}`;
    for (let cut = 60; cut < 120; cut++)
      expect(first([tool('a', `${'x'.repeat(cut)}correct-horse-9`)])[0]).not.toMatch(/corr/);
    for (let cut = 0; cut < 60; cut++)
      expect(first([tool('a', long.slice(cut))])[0]).not.toMatch(/correct-|horse-/);
    for (let cut = 0; cut < 300; cut++)
      expect(
        first([
          {
            type: 'thinking',
            step: 1,
            text: `correct-horse-9${' z'.repeat(140)}${'z'.repeat(cut)}`,
          },
        ])[0],
      ).not.toMatch(/horse/);
  });
});

describe('at the end', () => {
  it.each<[string, AgentEvent[], string[]]>([
    ['the answer', [text('Seven.'), done], ['markdown: Seven.']],
    [
      'the proof',
      [tool('a'), finished('a', { proof: { rows: 12 } }), text('Seven.', 2), done],
      ['markdown: Seven.', 'context: MySQL · 12 rows · 0.4 s'],
    ],
    [
      'one row',
      [tool('a'), finished('a', { ms: 3, proof: { rows: 1 } }), text('S.', 2), done],
      ['markdown: S.', 'context: MySQL · 1 row · 0.1 s'],
    ],
    [
      'a cut result',
      [tool('a'), finished('a', { proof: { rows: 200, truncated: true } }), text('S.', 2), done],
      ['markdown: S.', 'context: MySQL · first 200 rows · 0.4 s'],
    ],
    [
      'a part of many',
      [
        tool('a'),
        finished('a', { proof: { rows: 200, total: 5000, truncated: true } }),
        text('S.', 2),
        done,
      ],
      ['markdown: S.', 'context: MySQL · 200 of 5,000 rows · 0.4 s'],
    ],
    [
      'several calls and sources',
      [
        tool('a'),
        finished('a', { proof: { rows: 3 } }),
        tool('b'),
        finished('b', { ok: false }),
        tool('c', '', 'Jira'),
        finished('c', { ms: 12_340 }),
        text('S.', 2),
        done,
      ],
      ['markdown: S.', 'context: MySQL · 3 rows · 2 calls · 1 failed · 0.8 s\nJira · 12.3 s'],
    ],
    [
      'what the last of them found, beside each other',
      [
        ...[4, 20, 7, 0].flatMap((rows, at) => [
          tool(`${at}`, '', 'S3', { step: at === 0 ? 1 : 2, tool: 'search_objects' }),
          finished(`${at}`, { proof: { rows, truncated: rows === 20 } }),
        ]),
        text('S.', 3),
        done,
      ],
      ['markdown: S.', 'context: S3 · first 27 rows · 4 calls · 1.6 s'],
    ],
    [
      'a part of many from several calls',
      [
        ...[40, 50].flatMap((total) => [
          tool(`${total}`),
          finished(`${total}`, { proof: { rows: 20, total } }),
        ]),
        text('S.', 2),
        done,
      ],
      ['markdown: S.', 'context: MySQL · 40 of 90 rows · 2 calls · 0.8 s'],
    ],
    [
      'the rows of the tool that found some',
      [
        tool('a', '', 'Jira', { tool: 'search_issues' }),
        finished('a', { proof: { rows: 6 } }),
        tool('b', '', 'Jira', { tool: 'list_boards' }),
        finished('b', { proof: { rows: 0 } }),
        text('S.', 2),
        done,
      ],
      ['markdown: S.', 'context: Jira · 6 rows · 2 calls · 0.8 s'],
    ],
    [
      'that the last look found nothing',
      [
        tool('a'),
        finished('a', { proof: { rows: 6 } }),
        tool('b', '', 'MySQL', { step: 2 }),
        finished('b', { proof: { rows: 0 } }),
        text('S.', 3),
        done,
      ],
      ['markdown: S.', 'context: MySQL · 0 rows · 2 calls · 0.8 s'],
    ],
    [
      'a limit',
      [text('Half.'), { type: 'done', reason: 'limit' }],
      ['markdown: Half.', 'context: I reached a limit, so this may be incomplete.'],
    ],
    [
      'a note',
      [{ type: 'note', text: 'I cannot read files.' }, text('S.'), done],
      ['markdown: S.', 'context: I cannot read files.'],
    ],
    [
      'no words',
      [done],
      ['markdown: I found no words for an answer. Please ask again, perhaps in another way.'],
    ],
    [
      'nothing visible',
      [text('\u200b \n'), done],
      ['markdown: I found no words for an answer. Please ask again, perhaps in another way.'],
    ],
    ['a refusal', [{ type: 'done', reason: 'refused' }], ['markdown: I cannot answer that.']],
    [
      'a failure',
      [{ type: 'failed', message: 'MySQL is not answering right now.' }],
      ['markdown: ⚠️ MySQL is not answering right now.'],
    ],
    [
      'a failure after text',
      [text('So far **7'), { type: 'failed', message: 'Sorry.' }],
      ['markdown: So far **7\n\n⚠️ Sorry.'],
    ],
    [
      'a failure within code',
      [text('```sql\nSELECT'), { type: 'failed', message: 'Sorry.' }],
      ['markdown: ```sql\nSELECT\n```\n\n⚠️ Sorry.'],
    ],
    [
      'a stop',
      [text('So far'), tool('a'), { type: 'stopped', text: 'Stopped.' }],
      ['markdown: So far\n\nStopped.'],
    ],
  ])('it shows %s', (_, events, expected) => {
    expect(first(events)).toEqual(expected);
  });
});

describe('the text beside the blocks', () => {
  it.each([
    ['**Seven** _orders_, see `orders`', 'Seven orders, see orders'],
    ['## Title\n\n- a\n- b', 'Title\n\n- a\n- b'],
    ['| a | b |\n|---|---|\n| 1 | 2 |', 'a · b\n1 · 2'],
    ['```sql\nSELECT a < b\n```', 'SELECT a &lt; b'],
    ['[T-1](https://tickets.example.com/T-1)', 'T-1'],
    ['---', '---'],
    ['user_id and order_id', 'user_id and order_id'],
  ])('of %j is %j', (answer, expected) => {
    expect(shown([text(answer), done])[0]?.text).toBe(expected);
  });
});

it('writes sections of mrkdwn for a Slack that takes no markdown blocks', () => {
  const answer =
    '# Users\n\n**Two** of *them* & [T-1](https://tickets.example.com/T-1):\n- Ada\n\n| id | name |\n|---|---|\n| 1 | Ada |\n\n```sql\nSELECT `a` < 1\n```';
  expect(first([text(answer), done], 'sections')).toEqual([
    'section: *Users*\n\n*Two* of _them_ &amp; <https://tickets.example.com/T-1|T-1>:\n• Ada\n\n```\nid  name\n--  ----\n1   Ada\n```\n\n```\nSELECT `a` &lt; 1\n```',
  ]);
});

it('writes text only for a Slack that takes no blocks', () => {
  const [message] = shown([tool('a'), finished('a'), text('**Seven**', 2), done], 'text');
  expect(message).toEqual({ text: '*Seven*\n\nMySQL · 0.4 s', blocks: [] });
});

describe.each<ReplyForm>(['markdown', 'sections', 'text'])('as %s, the limits hold', (form) => {
  it.each([
    ['words', 'some words '.repeat(3_000)],
    ['no spaces', 'x'.repeat(30_000)],
    ['a table', `| a | b |\n|---|---|\n${'| some "text" | & more |\n'.repeat(1_000)}`],
    ['code', `\`\`\`sql\n${'SELECT "a" FROM b WHERE c < 1;\n'.repeat(1_000)}`],
    ['umlauts and emoji', 'äöü 😀 '.repeat(4_000)],
    ['entities', '&<>&amp;'.repeat(4_000)],
    ['quotes', '"\\'.repeat(10_000)],
    ['links', '[a](https://tickets.example.com/b) '.repeat(1_000)],
    ['foreign links', 'https://evil.example/a?b=c '.repeat(1_000)],
    ['lines', '\n\na'.repeat(8_000)],
    ['control characters', '\0\u200b'.repeat(8_000)],
    ['a megabyte', 'All work and no play. '.repeat(46_000)],
  ])(
    'for %s',
    (_, answer) => {
      for (const events of [
        [text(answer)],
        [tool('a', answer), text(answer)],
        [{ type: 'note' as const, text: answer }, text(answer), done],
        [{ type: 'status' as const, text: answer }],
      ]) {
        const messages = shown(events, form);
        expect(messages.length).toBeGreaterThan(0);
        expect(messages.length).toBeLessThanOrEqual(40);
        for (const message of messages) keepsLimits(message, form);
      }
    },
    10_000,
  );
});

/** Slack's own limits, as far as they are known; the renderer keeps well below them. */
function keepsLimits({ text: words, blocks }: SlackMessage, form: ReplyForm): void {
  expect(words.trim()).not.toBe('');
  expect(Buffer.byteLength(words)).toBeLessThanOrEqual(form === 'text' ? 3_900 : 3_000);
  expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(13_200);
  expect(blocks.length).toBe(form === 'text' ? 0 : Math.max(1, blocks.length));
  for (const block of blocks) {
    if (block.type === 'markdown') expect(block.text.length).toBeLessThanOrEqual(12_000);
    if (block.type === 'section') expect(block.text?.text.length).toBeLessThanOrEqual(3_000);
    if (block.type === 'context')
      for (const element of block.elements)
        expect('text' in element && element.text.length).toBeLessThanOrEqual(2_000);
  }
}

it('says so when an answer is too long to post', () => {
  const messages = shown([text('All work and no play. '.repeat(46_000)), done]);
  expect(messages).toHaveLength(20);
  expect(words(messages.at(-1) as SlackMessage).at(-1)).toContain('The answer goes on');
});
