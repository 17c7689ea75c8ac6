import { describe, expect, it } from 'vitest';
import type { AgentEvent } from '../../../src/agent/events.ts';
import { advance, answerText, emptyReply, isWriting } from '../../../src/bot/reply/state.ts';

const after = (...events: AgentEvent[]) => events.reduce(advance, emptyReply);
const text = (step: number, words: string): AgentEvent => ({ type: 'text', step, text: words });
const tool = (step: number, id = 't1'): AgentEvent => ({
  type: 'tool-started',
  step,
  id,
  source: 'MySQL',
  tool: 'execute_query',
  detail: 'SELECT 1',
});

describe('the answer', () => {
  const table = '| a |\n|---|\n| 1 |';
  it.each<[string, AgentEvent[], string]>([
    ['grows piece by piece', [text(1, 'Seven '), text(1, 'orders.')], 'Seven orders.'],
    ['keeps the order of steps', [text(1, 'One.\n'), text(2, 'Two.')], 'One.\n\nTwo.'],
    [
      'shows a preamble while there is nothing else',
      [text(1, 'Let me look.'), tool(1)],
      'Let me look.',
    ],
    [
      'drops a preamble once there is more',
      [text(1, 'Let me look.'), tool(1), text(2, 'Seven.')],
      'Seven.',
    ],
    ['drops every preamble', [text(1, 'A.'), tool(1), text(2, 'B.'), tool(2), text(3, 'C.')], 'C.'],
    [
      'keeps a preamble that is long',
      [text(1, 'x'.repeat(201)), tool(1), text(2, 'B.')],
      `${'x'.repeat(201)}\n\nB.`,
    ],
    ['keeps two paragraphs', [text(1, 'A.\n\nB.'), tool(1), text(2, 'C.')], 'A.\n\nB.\n\nC.'],
    ['keeps a list', [text(1, '- A\n- B'), tool(1), text(2, 'C.')], '- A\n- B\n\nC.'],
    ['keeps a table', [text(1, table), tool(1), text(2, 'C.')], `${table}\n\nC.`],
    ['keeps code', [text(1, '```\nx\n```'), tool(1), text(2, 'C.')], '```\nx\n```\n\nC.'],
    ['keeps short text without a tool call', [text(1, 'A.'), text(2, 'B.')], 'A.\n\nB.'],
    [
      'closes the fence of an earlier step',
      [text(1, '```\nx'), tool(1), text(2, 'C.')],
      '```\nx\n```\n\nC.',
    ],
    ['leaves out white space', [text(1, '\n\n'), tool(1), text(2, '\n\nC.')], 'C.'],
    ['keeps the indentation of a first line', [text(1, '\n  - A')], '  - A'],
    [
      'forgets a step that was restarted',
      [text(1, 'Wro'), { type: 'step-restarted', step: 1, reason: 'cut' }, text(1, 'Right.')],
      'Right.',
    ],
    [
      'forgets only that step',
      [text(1, 'A.'), text(2, 'Wro'), { type: 'step-restarted', step: 2, reason: 'cut' }],
      'A.',
    ],
    ['takes no thinking', [{ type: 'thinking', step: 1, text: 'hm' }, text(1, 'A.')], 'A.'],
    [
      'takes nothing after the end',
      [text(1, 'A.'), { type: 'done', reason: 'answered' }, text(1, ' B.')],
      'A.',
    ],
  ])('%s', (_, events, expected) => {
    expect(answerText(after(...events))).toBe(expected);
  });
});

it.each<[string, AgentEvent[], boolean]>([
  ['before any text', [], false],
  ['while text comes', [text(1, 'A')], true],
  ['once a tool is called', [text(1, 'A'), tool(1)], false],
  [
    'in the next step, before its text',
    [text(1, 'A'), tool(1), { type: 'step-started', step: 2 }],
    false,
  ],
  ['after the end', [text(1, 'A'), { type: 'done', reason: 'answered' }], false],
])('%s, text is being written: %j', (_, events, expected) => {
  expect(isWriting(after(...events))).toBe(expected);
});

it('keeps of a thought only its end', () => {
  const state = after(
    ...Array.from(
      { length: 1000 },
      (): AgentEvent => ({ type: 'thinking', step: 1, text: 'abc ' }),
    ),
  );
  expect(state.thinking).toHaveLength(300);
});

it('knows which tools are under way and how they ended', () => {
  const proof = { rows: 3 };
  const state = after(
    tool(1, 'a'),
    tool(1, 'b'),
    { type: 'tool-progress', id: 'b', message: '40 %' },
    { type: 'tool-finished', id: 'a', ok: true, ms: 20, proof },
    { type: 'tool-finished', id: 'never started', ok: true, ms: 20 },
  );
  expect(state.tools).toMatchObject([
    { id: 'a', outcome: { ok: true, ms: 20, proof } },
    { id: 'b', progress: '40 %' },
  ]);
  expect(state.tools[1]?.outcome).toBeUndefined();
});

it('never changes a state that somebody holds', () => {
  const before = after(text(1, 'A'), tool(1));
  const copy = structuredClone(before);
  advance(before, text(1, 'B'));
  advance(before, { type: 'tool-finished', id: 't1', ok: true, ms: 1 });
  expect(before).toEqual(copy);
});
