import { describe, expect, it } from 'vitest';
import { sign } from '../../../playground/model/sign.ts';
import { validate } from '../../../playground/model/validate.ts';

const user = (content: unknown) => ({ role: 'user', content });
const assistant = (content: unknown) => ({ role: 'assistant', content });
const call = (id: string) => ({ type: 'tool_use', id, name: 'count', input: {} });
const result = (id: string) => ({ type: 'tool_result', tool_use_id: id, content: '7' });
const text = (value: string, ttl?: string) => ({
  type: 'text',
  text: value,
  ...(ttl && { cache_control: { type: 'ephemeral', ttl } }),
});
const tool = (name: string) => ({ name, input_schema: { type: 'object' } });
const base = { model: 'claude-sonnet-5-5', max_tokens: 100, tools: [tool('count')] };
const withMessages = (...messages: unknown[]) => ({ ...base, messages });
const hello = withMessages(user('Hello'));

it.each([
  ['a question', hello],
  ['a call with its result', withMessages(user('?'), assistant([call('a')]), user([result('a')]))],
  [
    'two calls, their results in any order, and more text',
    withMessages(
      user('?'),
      assistant([
        { type: 'thinking', thinking: 'Hm', signature: sign('Hm') },
        call('a'),
        call('b'),
      ]),
      user([result('b'), result('a'), text('And?')]),
    ),
  ],
  ['two user messages in a row', withMessages(user('one'), user('two'))],
  [
    'four marks for the cache, long ones first',
    {
      ...withMessages(user([text('a', '5m'), text('b', '5m')])),
      system: [text('s', '1h'), text('t', '1h')],
    },
  ],
  ['no tools allowed for once', { ...hello, tool_choice: { type: 'none' } }],
  ['an older model with a temperature', { ...hello, model: 'claude-sonnet-5', temperature: 0.5 }],
])('takes %s', (_name, body) => {
  expect(validate(body)).toEqual({ request: body });
});

describe('refuses', () => {
  it.each([
    ['nothing', undefined, /body/],
    ['a list', [], /body/],
    ['no limit', { model: base.model, messages: hello.messages }, /max_tokens/],
    ['no messages', withMessages(), /at least one message/],
    ['an unknown field', { ...hello, max_token: 3 }, /max_token/],
    ['an assistant first', withMessages(assistant('Hi'), user('Hello')), /first message must use/],
    ['empty content', withMessages(user('')), /non-empty content/],
    ['empty text', withMessages(user([text(' \n')])), /non-whitespace/],
    [
      'empty text in a result',
      withMessages(
        user('?'),
        assistant([call('a')]),
        user([{ ...result('a'), content: [text('')] }]),
      ),
      /messages\.2\.content\.0: .*non-whitespace/,
    ],
    ['empty system text', { ...hello, system: [text('')] }, /system/],
    [
      'a call without result',
      withMessages(user('?'), assistant([call('a')]), user('And?')),
      /`tool_use` ids were found without .* a\. /,
    ],
    [
      'one of two results',
      withMessages(user('?'), assistant([call('a'), call('b')]), user([result('a')])),
      /immediately after: b\./,
    ],
    [
      'a result too late',
      withMessages(user('?'), assistant([call('a')]), user('wait'), user([result('a')])),
      /`tool_use` ids/,
    ],
    [
      'a result without call',
      withMessages(user('?'), assistant('Hm'), user([result('a')])),
      /unexpected `tool_use_id`/,
    ],
    [
      'a result twice',
      withMessages(user('?'), assistant([call('a')]), user([result('a'), result('a')])),
      /single result/,
    ],
    [
      'text before results',
      withMessages(user('?'), assistant([call('a')]), user([text('So'), result('a')])),
      /must come first/,
    ],
    ['a call by the user', withMessages(user([call('a')])), /can not be in `user` messages/],
    [
      'calls without tools',
      { ...withMessages(user('?'), assistant([call('a')]), user([result('a')])), tools: [] },
      /must define tools/,
    ],
    [
      'an id used twice',
      withMessages(
        user('?'),
        assistant([call('a')]),
        user([result('a')]),
        assistant([call('a')]),
        user([result('a')]),
      ),
      /must be unique/,
    ],
    [
      'a changed thought',
      withMessages(
        user('?'),
        assistant([{ type: 'thinking', thinking: 'Hmm', signature: sign('Hm') }]),
        user('!'),
      ),
      /messages\.1\.content\.0: Invalid `signature`/,
    ],
    [
      'a thought without signature',
      withMessages(user('?'), assistant([{ type: 'thinking', thinking: 'Hm' }]), user('!')),
      /signature/,
    ],
    ['a tool twice', { ...hello, tools: [tool('a'), tool('a')] }, /names must be unique/],
    ['a tool with a dot', { ...hello, tools: [tool('a.b')] }, /tools\.0\.name/],
    [
      'five marks for the cache',
      { ...withMessages(user('abcde'.split('').map((letter) => text(letter, '5m')))) },
      /maximum of 4 .* Found 5/,
    ],
    [
      'a long mark after a short one',
      withMessages(user([text('a', '5m'), text('b', '1h')])),
      /must not come after/,
    ],
    ['a temperature for a 5.5 model', { ...hello, temperature: 0 }, /temperature/],
    [
      'a thinking budget for a 5.5 model',
      { ...hello, thinking: { type: 'enabled', budget_tokens: 1024 } },
      /thinking/,
    ],
    ['a forced tool for a 5.5 model', { ...hello, tool_choice: { type: 'any' } }, /tool_choice/],
    ['a prefill for a 5.5 model', withMessages(user('?'), assistant('So')), /prefill/],
  ])('%s', (_name, body, message) => {
    expect(validate(body)).toMatchObject({
      error: {
        status: 400,
        type: 'invalid_request_error',
        message: expect.stringMatching(message),
      },
    });
  });

  it.each(['gpt-5', 'sonnet', 'claude', 'claude-sonnet', 'claude-sonnet-5-5 '])(
    'the model %j, which does not exist',
    (model) => {
      expect(validate({ ...hello, model })).toEqual({
        error: { status: 404, type: 'not_found_error', message: `model: ${model}` },
      });
    },
  );
});
