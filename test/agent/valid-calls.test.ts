import { describe, expect, it } from 'vitest';
import { type AssistantTurn, toToolUses } from '../../src/agent/assistant-turn.ts';
import { withValidCalls } from '../../src/agent/valid-calls.ts';
import type { TranscriptMessage } from '../../src/store/threads.ts';

const called = (id: string): TranscriptMessage => ({
  role: 'assistant',
  content: [{ type: 'tool_use', id, name: 'a', input: {} }],
});

/** The calls of a reply as they would be made and sent back. */
function mended(calls: [id: string, name: string][], conversation: TranscriptMessage[] = []) {
  const content = [
    { type: 'text', text: 'One moment.' },
    ...calls.map(([id, name], n) => ({ type: 'tool_use', id, name, input: { n } })),
  ];
  const toolUses = toToolUses(content);
  const usage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
  const reply: AssistantTurn = { content, text: '', toolUses, stopReason: 'tool_use', usage };
  return withValidCalls(reply, conversation);
}

describe('the calls of a reply', () => {
  it('stay as they are when the API takes them back', () => {
    const given: [string, string][] = [
      ['toolu_1', 'mysql__execute_query'],
      ['toolu_2', 'mysql__execute_query'],
    ];
    const { toolUses } = mended(given, [called('toolu_0')]);
    expect(toolUses.map(({ id, name }) => [id, name])).toEqual(given);
  });

  it.each<[string, [string, string][], TranscriptMessage[]]>([
    [
      'an id twice',
      [
        ['1', 'a'],
        ['1', 'b'],
        ['1', 'c'],
      ],
      [],
    ],
    ['an id of an earlier step', [['1', 'a']], [called('1')]],
    ['an id that is taken by its own stand-in', [['1', 'a']], [called('1'), called('1_2')]],
    ['an id that is none', [['x y', 'a']], []],
    ['an id without end', [['x'.repeat(9_000), 'a']], []],
    ['no id', [['', 'a']], []],
    ['a name that is none', [['1', 'a b.c/é']], []],
    ['a name without end', [['1', 'x'.repeat(9_000)]], []],
    ['no name', [['1', '']], []],
  ])('with %s are given one of their own', (_, given, conversation) => {
    const { content, toolUses } = mended(given, conversation);
    const before = conversation.flatMap((message) => toToolUses(message.content as []));
    const ids = [...before, ...toolUses].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, name } of toolUses)
      expect([id, name]).toEqual(Array(2).fill(expect.stringMatching(/^[\w-]{1,128}$/)));
    expect(toToolUses(content)).toEqual(toolUses);
    expect(toolUses.map(({ input }) => input)).toEqual(given.map((_, n) => ({ n })));
  });
});
