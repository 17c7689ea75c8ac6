import { expect, it } from 'vitest';
import { z } from 'zod';
import { callTool } from '../../src/connectors/call-tool.ts';
import { defineTool, RichAnswer } from '../../src/connectors/connector.ts';
import { ToolError } from '../../src/connectors/tool-error.ts';
import { log } from '../../src/log.ts';

const annotations = { readOnlyHint: true, openWorldHint: false };
const quiet = log.child({}, { level: 'silent' });
const context = { signal: new AbortController().signal, progress: () => {}, log: quiet };

const repeat = defineTool({
  name: 'repeat_text',
  description: 'Repeats a text.',
  input: z.object({
    text: z.string(),
    times: z.number().int().max(100_000).default(2),
    style: z.enum(['plain', 'loud']).optional(),
  }),
  output: z.object({ text: z.string() }),
  annotations,
  run: async ({ text, times }) => {
    if (text === 'known') throw new ToolError('NOT_FOUND', 'no such text', { try: 'another' });
    if (text === 'unknown') throw new Error("password 'hunter2' at /srv/app.ts");
    return { text: text.repeat(times) };
  },
});

const link = { uri: 'test://1', name: 'all', description: 'All', mimeType: 'text/plain', size: 9 };

const linked = defineTool({
  name: 'show_head',
  description: 'Shows the head of a text.',
  input: z.object({}),
  output: z.object({ head: z.string() }),
  annotations,
  run: async () => new RichAnswer({ head: 'a' }, { link }),
});

const call = (name: string, args: unknown) => callTool([repeat, linked], name, args, context);

it('gives the result as an object and as the same text', async () => {
  const reply = await call('repeat_text', { text: 'ab' });
  expect(reply).toEqual({ structured: { text: 'abab' }, text: '{"text":"abab"}' });
});

it('gives a link beside the result', async () => {
  expect(await call('show_head', {})).toEqual({
    structured: { head: 'a' },
    text: '{"head":"a"}',
    link,
  });
});

it.each([
  ['a missing argument', {}, 'text is missing'],
  ['no arguments at all', undefined, 'text is missing'],
  ['arguments that are no object', 'ab', 'the arguments: expected object'],
  ['a wrong type', { text: 1 }, 'text: expected string'],
  ['a wrong choice', { text: 'a', style: 'lout' }, 'style: '],
  ['too large a number', { text: 'a', times: 1e9 }, 'times: '],
  ['a mistyped argument', { text: 'a', tmies: 3 }, 'unknown argument "tmies", did you mean times?'],
])('answers %s with what is wrong and what there is', async (_what, args, fault) => {
  const { text, structured } = await call('repeat_text', args);
  expect(structured).toBeUndefined();
  expect(text).toMatch(/^INVALID_ARGUMENT: /);
  expect(text).toContain(fault);
  expect(text).toContain('repeat_text: text, times (optional), style (optional)');
});

it('offers the tools there are for one that is not', async () => {
  const { text } = await call('repeat_txt', {});
  expect(text).toBe('NOT_FOUND: there is no tool "repeat_txt". Try: repeat_text.');
});

it('passes on what a tool says in our words', async () => {
  const { text } = await call('repeat_text', { text: 'known' });
  expect(text).toBe('NOT_FOUND: no such text. Try: another.');
});

it('tells nothing of an error that nobody wrote for the model', async () => {
  const { text, structured } = await call('repeat_text', { text: 'unknown' });
  expect(structured).toBeUndefined();
  expect(text).toMatch(/^UPSTREAM_ERROR: the connector failed/);
  expect(text).not.toMatch(/hunter2|srv/);
});

it('refuses an answer past 48 kB rather than breaking the client', async () => {
  const { text } = await call('repeat_text', { text: 'a', times: 50_000 });
  expect(text).toMatch(/^TOO_LARGE: /);
});

it('logs a call that nobody waits for any more as cancelled, and a fault as an error', async () => {
  const lines: unknown[] = [];
  const note = (level: string) => (line: object) => lines.push({ level, ...line });
  const log = { info: note('info'), error: note('error') } as unknown as typeof quiet;
  for (const signal of [AbortSignal.abort(), context.signal])
    await callTool([repeat], 'repeat_text', { text: 'unknown' }, { ...context, signal, log });
  expect(lines).toMatchObject([
    { level: 'info', outcome: 'cancelled' },
    { level: 'error', outcome: 'fault', error: expect.stringContaining('hunter2') },
  ]);
});

it('does not repeat all that was wrong with what was sent', async () => {
  const args = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`extra${n}`, n]));
  const { text } = await call('repeat_text', args);
  expect(text).toMatch(/^INVALID_ARGUMENT: .*"extra4"/);
  expect(text.length).toBeLessThan(1_000);
});
