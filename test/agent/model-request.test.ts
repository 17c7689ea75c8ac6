import { describe, expect, it } from 'vitest';
import { knowsAdaptiveThinking, toRequestBody } from '../../src/agent/model-request.ts';
import type { TranscriptMessage } from '../../src/store/threads.ts';

const tool = (name: string) => ({
  name,
  description: name,
  inputSchema: { type: 'object' },
  source: 'shop',
  readOnly: true,
});
const hour = { type: 'ephemeral', ttl: '1h' };

/** Which messages carry a breakpoint. */
const breakpoints = (messages: TranscriptMessage[]) =>
  messages.flatMap((message, index) =>
    JSON.stringify(message).includes('cache_control') ? [index] : [],
  );

describe('the body of a model call', () => {
  const messages = [
    { role: 'user' as const, content: 'One?' },
    { role: 'assistant' as const, content: [{ type: 'text', text: '1' }] },
    {
      role: 'user' as const,
      content: [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
      ],
    },
  ];
  const request = { system: 's', tools: [tool('a'), tool('b')], messages, maxTokens: 9 };

  it('has breakpoints on the last tool, the system, and the ends of this request and of the one before', () => {
    const body = toRequestBody('claude-sonnet-5-5', request);
    expect(body.tools).toMatchObject([{ name: 'a' }, { name: 'b', cache_control: hour }]);
    expect(body.system).toEqual([{ type: 'text', text: 's', cache_control: hour }]);
    expect(breakpoints(body.messages)).toEqual([0, 2]);
    expect(body.messages[2]?.content).toEqual([
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b', cache_control: { type: 'ephemeral' } },
    ]);
    expect(JSON.stringify(body).match(/cache_control/g)).toHaveLength(4);
  });

  it.each<[string, number[]]>([
    ['u', [0]],
    ['uu', [1]],
    ['uau', [0, 2]],
    ['uaua', [2]],
    ['uauau', [2, 4]],
    // A nudge of ours after tool results: the request before ended before the reply.
    ['uauauu', [2, 5]],
  ])('of %s are on the messages %o', (roles, expected) => {
    const given = [...roles].map((role) => ({
      role: role === 'u' ? ('user' as const) : ('assistant' as const),
      content: [{ type: 'text', text: 'x' }],
    }));
    const body = toRequestBody('claude-sonnet-5-5', { ...request, messages: given });
    expect(breakpoints(body.messages)).toEqual(expected);
  });

  it('leaves the stored messages as they are', () => {
    const before = JSON.stringify(messages);
    toRequestBody('claude-sonnet-5-5', request);
    expect(JSON.stringify(messages)).toBe(before);
  });

  it('keeps the tools in the last call, where none may be called, for the cache', () => {
    const body = toRequestBody('claude-sonnet-5-5', { ...request, answerNow: true });
    expect(body).toMatchObject({ tools: [{}, {}], tool_choice: { type: 'none' } });
  });

  it('has neither tools nor a choice of them when there are none', () => {
    const body = toRequestBody('m', { ...request, tools: [], answerNow: true });
    expect(Object.keys(body)).toEqual(['model', 'max_tokens', 'system', 'messages']);
  });
});

it.each([
  ['claude-sonnet-5-5', true],
  ['claude-opus-5-5', true],
  ['claude-sonnet-5', true],
  ['claude-haiku-5-5-20261001', true],
  ['claude-sonnet-4-6', false],
  ['claude-3-5-haiku-latest', false],
  ['some-other-model', false],
])('%s: thinking is asked for: %s', (model, knows) => {
  expect(knowsAdaptiveThinking(model)).toBe(knows);
});
