import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { calls, cuts, fails, says, stalls, thinks } from '../../playground/model/script.ts';
import { startModel } from '../../playground/model/server.ts';
import type { Turn } from '../../playground/model/turn.ts';
import { type ClaudeOptions, openClaude, type StreamListeners } from '../../src/agent/claude.ts';
import { ContextExceeded } from '../../src/agent/model-error.ts';
import { StartError, UpstreamError, UserError } from '../../src/errors.ts';
import { log } from '../../src/log.ts';

log.level = 'silent';
const soon = 0.001;
const request = {
  system: 'Be brief.',
  tools: [],
  maxTokens: 100,
  messages: [{ role: 'user' as const, content: [{ type: 'text', text: 'How many?' }] }],
};

async function start(script: Turn[], options: Partial<ClaudeOptions> = {}) {
  const model = await startModel({ mode: 'script', script });
  const heard: string[] = [];
  const claude = openClaude({
    apiKey: 'key',
    model: 'claude-sonnet-5-5',
    baseUrl: model.url,
    log,
    retryMs: [1, 1, 1],
    ...options,
  });
  const listeners = (signal = new AbortController().signal): StreamListeners => ({
    signal,
    onText: (text) => heard.push(text),
    onThinking: (text) => heard.push(`thinks ${text}`),
    onRestart: () => heard.push('restart'),
  });
  return {
    model,
    claude,
    heard,
    listeners,
    [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
  };
}

describe('one model call', () => {
  it('streams text and thinking, and gives the content back verbatim', async () => {
    const turn = [thinks('Let me see.'), says('One moment.'), ...calls('a__b', { n: 1 })];
    await using at = await start([turn, says('Seven.')]);
    const reply = await at.claude.stream(request, at.listeners());
    expect(reply.toolUses).toMatchObject([{ name: 'a__b', input: { n: 1 } }]);
    expect(reply.stopReason).toBe('tool_use');
    expect(at.heard).toEqual(['thinks Let me see.', 'One', ' moment.']);

    // The stand-in, like the API, refuses thinking whose signature does not fit.
    const results = [{ type: 'tool_result', tool_use_id: reply.toolUses[0]?.id, content: '7' }];
    const messages = [
      ...request.messages,
      { role: 'assistant' as const, content: reply.content },
      { role: 'user' as const, content: results },
    ];
    const tools = [
      {
        name: 'a__b',
        description: '',
        inputSchema: { type: 'object' },
        source: 'a',
        readOnly: true,
      },
    ];
    const next = await at.claude.stream({ ...request, tools, messages }, at.listeners());
    expect(next.text).toBe('Seven.');
    expect(at.model.requests()[1]?.body.messages[1]?.content).toEqual(reply.content);
  });

  it('leaves out blank text blocks, which the API would refuse to take back', async () => {
    await using at = await start([[says(' \n'), says('Seven.')]]);
    const reply = await at.claude.stream(request, at.listeners());
    expect(reply.content).toMatchObject([{ type: 'text', text: 'Seven.' }]);
  });

  it('takes a call whose arguments are no object as one without arguments', async () => {
    await using at = await start([calls('a__b', [1])]);
    const reply = await at.claude.stream(request, at.listeners());
    expect(reply.toolUses).toMatchObject([{ name: 'a__b', input: {} }]);
    expect(reply.content).toMatchObject([{ name: 'a__b', input: {} }]);
  });

  it.each([
    ['nested too deep to walk', `{"query":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['no JSON', '{"query":nonsense}'],
  ])('takes a call whose arguments are %s as it is, and marks it', async (_, json) => {
    await using server = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(toolCallEvents(json));
    });
    await using at = await start([], { baseUrl: server.url });
    const reply = await at.claude.stream(request, at.listeners());
    expect(server.paths).toHaveLength(1);
    expect(reply).toMatchObject({
      stopReason: 'tool_use',
      content: [
        { type: 'text', text: 'One moment.' },
        { id: 'toolu_1', name: 'a__b', input: {} },
      ],
      toolUses: [{ id: 'toolu_1', name: 'a__b', input: {}, unreadable: true }],
    });
    expect(at.heard).toEqual(['One moment.']);
  });

  it.each<[string, Turn]>([
    ['an error in mid-stream', [says('Sev'), fails({ error: 'overloaded_error' })]],
    ['a cut connection', [says('Sev'), cuts(3)]],
    ['a stream that stalls', [says('Sev'), stalls(3)]],
  ])('asks again after %s, and says that the text so far is void', async (_, broken) => {
    await using at = await start([broken, says('Seven.')], { silenceMs: 50 });
    const reply = await at.claude.stream(request, at.listeners());
    expect(reply.text).toBe('Seven.');
    expect(at.heard).toEqual(['Sev', 'restart', 'Seven.']);
  });

  it('does not wait for ever for a response that begins and says nothing', async () => {
    await using silent = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    });
    await using at = await start([], { baseUrl: silent.url, silenceMs: 20, retryMs: [1] });
    await expect(at.claude.stream(request, at.listeners())).rejects.toThrow(UpstreamError);
    expect(silent.paths).toHaveLength(2);
  });

  it('gives up after three more tries, with a sentence about Claude', async () => {
    const broken = [says('Sev'), fails({ error: 'overloaded_error' })];
    await using at = await start([broken, broken, broken, broken, says('never')]);
    await expect(at.claude.stream(request, at.listeners())).rejects.toThrow('Claude is overloaded');
    expect(at.model.requests()).toHaveLength(4);
  });

  it('does not repeat what is refused in mid-stream', async () => {
    await using at = await start([
      [says('Sev'), fails({ error: 'invalid_request_error' })],
      says('never'),
    ]);
    await expect(at.claude.stream(request, at.listeners())).rejects.toThrow(UpstreamError);
    expect(at.model.requests()).toHaveLength(1);
  });

  it('asks again before the first byte, without a restart', async () => {
    const busy = fails({ status: 529, retryAfter: soon });
    await using at = await start([busy, busy, says('Seven.')]);
    expect((await at.claude.stream(request, at.listeners())).text).toBe('Seven.');
    expect(at.heard).toEqual(['Seven.']);
  });

  it.each<[string, Refusal, string]>([
    ['a wait of minutes', { status: 429, headers: { 'retry-after': '120' } }, 'in a minute'],
    [
      'a wait until some day',
      { status: 429, headers: { 'retry-after': 'Fri, 31 Dec 2100 23:59:59 GMT' } },
      'in a minute',
    ],
    [
      'a spending cap',
      {
        status: 429,
        headers: { 'retry-after-ms': '1' },
        error: {
          type: 'rate_limit_error',
          details: { error_code: 'enforced_spend_limit_reached' },
        },
      },
      'spending limit',
    ],
  ])('does not wait for %s', async (_, refusal, sentence) => {
    await using at = await refuse(refusal);
    await using other = await start([], { baseUrl: at.url });
    await expect(other.claude.stream(request, other.listeners())).rejects.toThrow(sentence);
    expect(at.paths).toEqual(['/v1/messages']);
  });

  it.each([
    [401, 'ANTHROPIC_API_KEY'],
    [403, 'ANTHROPIC_API_KEY'],
    [404, 'ANTHROPIC_MODEL'],
    [400, 'other words'],
    [413, 'too long'],
  ])('turns a %i into a sentence with a way out', async (status, sentence) => {
    await using at = await start([fails({ status })]);
    const failure = at.claude.stream(request, at.listeners());
    await expect(failure).rejects.toThrow(UserError);
    await expect(failure).rejects.toThrow(sentence);
  });

  it('tells a prompt that is too long apart', async () => {
    const message = 'prompt is too long: 210000 tokens > 200000 maximum';
    await using at = await start([fails({ status: 400, message })]);
    await expect(at.claude.stream(request, at.listeners())).rejects.toThrow(ContextExceeded);
  });

  it('sends the conversation without thinking when the model does not take it back', async () => {
    await using at = await start([says('Seven.')]);
    const thought = { type: 'thinking', thinking: 'Hm', signature: 'b3RoZXI=' };
    const messages = [
      ...request.messages,
      { role: 'assistant' as const, content: [thought, { type: 'text', text: 'Hi' }] },
      ...request.messages,
    ];
    expect((await at.claude.stream({ ...request, messages }, at.listeners())).text).toBe('Seven.');
    const [refused, taken] = at.model.requests();
    expect(refused?.error?.status).toBe(400);
    expect(taken?.body.messages[1]?.content).toEqual([{ type: 'text', text: 'Hi' }]);
  });

  it.each([
    ['before it begins', says('never'), 0],
    ['in mid-stream', [says('Sev'), stalls(3)], 30],
  ])('ends with the signal’s reason when aborted %s', async (_, turn, after) => {
    await using at = await start([turn]);
    const controller = new AbortController();
    const reason = new Error('stopped by Ada');
    if (after) setTimeout(() => controller.abort(reason), after);
    else controller.abort(reason);
    await expect(at.claude.stream(request, at.listeners(controller.signal))).rejects.toBe(reason);
  });
});

describe('at start', () => {
  it.each<[string, Partial<ClaudeOptions>, string]>([
    ['a wrong key', { apiKey: 'wrong' }, 'ANTHROPIC_API_KEY'],
    ['an unknown model', { model: 'gpt-7' }, 'ANTHROPIC_MODEL'],
  ])('names the variable for %s', async (_, options, variable) => {
    await using at = await start([], options);
    const failure = at.claude.verify();
    await expect(failure).rejects.toThrow(StartError);
    await expect(failure).rejects.toThrow(variable);
  });

  it('asks for a word where the models cannot be asked for', async () => {
    await using gateway = await refuse({ status: 404, error: { type: 'not_found_error' } });
    await using at = await start([], { baseUrl: gateway.url });
    await expect(at.claude.verify()).rejects.toThrow('ANTHROPIC_MODEL');
    expect(gateway.paths).toEqual(['/v1/models/claude-sonnet-5-5', '/v1/messages']);
  });

  it('is content with a key and model that work', async () => {
    await using at = await start([]);
    await expect(at.claude.verify()).resolves.toBeUndefined();
    expect(at.model.requests()).toEqual([]);
  });

  it('starts anyway when Claude is out of reach', async () => {
    await using at = await start([], { baseUrl: 'http://127.0.0.1:9' });
    await expect(at.claude.verify()).resolves.toBeUndefined();
  });
});

/** A reply as the API streams it: a text, then one call with these arguments. */
const toolCallEvents = (json: string) =>
  [
    { type: 'message_start', message: { role: 'assistant', content: [], usage: {} } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'One moment.' } },
    { type: 'content_block_stop', index: 0 },
    {
      type: 'content_block_start',
      index: 1,
      content_block: { type: 'tool_use', id: 'toolu_1', name: 'a__b', input: {} },
    },
    {
      type: 'content_block_delta',
      index: 1,
      delta: { type: 'input_json_delta', partial_json: json },
    },
    { type: 'content_block_stop', index: 1 },
    { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 1 } },
    { type: 'message_stop' },
  ]
    .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
    .join('');

interface Refusal {
  status: number;
  headers?: Record<string, string>;
  error?: Record<string, unknown>;
}

/** A server that refuses everything in one way. */
const refuse = ({ status, headers, error }: Refusal) =>
  serve((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ type: 'error', error: { message: 'no', ...error } }));
  });

async function serve(respond: RequestListener) {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? '');
    respond(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    paths,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
