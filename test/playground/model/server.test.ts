import Anthropic from '@anthropic-ai/sdk';
import { describe, expect, it } from 'vitest';
import {
  calls,
  cuts,
  fails,
  says,
  stalls,
  stops,
  thinks,
} from '../../../playground/model/script.ts';
import { type ModelOptions, startModel } from '../../../playground/model/server.ts';
import { measuredAnswer } from '../../../playground/model/timed.ts';
import type { Turn } from '../../../playground/model/turn.ts';

const clientOf = (url: string, apiKey = 'any') =>
  new Anthropic({ baseURL: url, apiKey, maxRetries: 0 });

const question = {
  model: 'claude-sonnet-5-5',
  max_tokens: 1000,
  messages: [{ role: 'user' as const, content: 'How many orders?' }],
};
const tools = [{ name: 'count', input_schema: { type: 'object' as const } }];

async function ask(script: Turn[], params: Partial<Anthropic.MessageStreamParams> = {}) {
  await using model = await startModel({ mode: 'script', script });
  const stream = clientOf(model.url).messages.stream({ ...question, ...params });
  const texts: string[] = [];
  stream.on('text', (text) => texts.push(text));
  const message = await stream.finalMessage();
  return { message, texts, requests: model.requests() };
}

describe('a script', () => {
  it('streams text in pieces that make up the whole', async () => {
    const { message, texts, requests } = await ask([says('Seven orders\n\nso far. ✅')]);
    expect(message.content).toMatchObject([{ type: 'text', text: 'Seven orders\n\nso far. ✅' }]);
    expect(message.stop_reason).toBe('end_turn');
    expect(texts.length).toBeGreaterThan(3);
    expect(requests[0]?.body.messages).toEqual(question.messages);
    expect(requests[0]?.firstTokenAt).toBeGreaterThanOrEqual(requests[0]?.at ?? Infinity);
  });

  it('gives thinking, text and calls in one turn, with inputs whole', async () => {
    const input = {
      query: 'SELECT "ü", \'\\\' FROM `t` WHERE x > 1 /* long enough for more than one piece */',
    };
    const { message } = await ask(
      [[thinks('Count them.'), says('Let me look.'), ...calls(['count', input], ['count', {}])]],
      { tools },
    );
    expect(message.stop_reason).toBe('tool_use');
    expect(message.content).toMatchObject([
      { type: 'thinking', thinking: 'Count them.', signature: expect.stringMatching(/.+/) },
      { type: 'text', text: 'Let me look.' },
      { type: 'tool_use', name: 'count', input },
      { type: 'tool_use', name: 'count', input: {} },
    ]);
  });

  it('takes its own turns back unchanged, and refuses a changed thinking block', async () => {
    await using model = await startModel({
      mode: 'script',
      script: [[thinks('Hm.'), ...calls('count', {})], says('Seven.')],
    });
    const client = clientOf(model.url);
    const first = await client.messages.stream({ ...question, tools }).finalMessage();
    const call = first.content.find((block) => block.type === 'tool_use');
    const follow = (content: Anthropic.ContentBlock[]) => ({
      ...question,
      tools,
      messages: [
        ...question.messages,
        { role: 'assistant' as const, content },
        {
          role: 'user' as const,
          content: [{ type: 'tool_result' as const, tool_use_id: call?.id ?? '', content: '7' }],
        },
      ],
    });
    const changed = first.content.map((block) =>
      block.type === 'thinking' ? { ...block, thinking: 'Hmm.' } : block,
    );
    await expect(client.messages.create(follow(changed))).rejects.toThrow(/Invalid `signature`/);
    const second = await client.messages.create(follow(first.content));
    expect(second.content).toMatchObject([{ type: 'text', text: 'Seven.' }]);
  });

  it.each(['refusal', 'max_tokens', 'pause_turn', 'model_context_window_exceeded'] as const)(
    'stops with %s',
    async (reason) => {
      const { message } = await ask([[says('Well'), stops(reason)]]);
      expect(message.stop_reason).toBe(reason);
    },
  );

  it('refuses a request with the wanted status, type and wait', async () => {
    await using model = await startModel({
      mode: 'script',
      script: [fails({ status: 429, retryAfter: 3 })],
    });
    const error = await clientOf(model.url)
      .messages.stream(question)
      .finalMessage()
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Anthropic.RateLimitError);
    expect((error as InstanceType<typeof Anthropic.APIError>).headers?.get('retry-after')).toBe(
      '3',
    );
  });

  it.each([
    ['an error event', fails({ error: 'overloaded_error', afterChars: 8 }), /overloaded_error/],
    ['a cut', cuts(8), /terminated|aborted|socket/i],
  ])('ends in %s after so many characters', async (_name, fault, message) => {
    await using model = await startModel({
      mode: 'script',
      script: [[says('Seven orders.'), fault]],
    });
    const stream = clientOf(model.url).messages.stream(question);
    let text = '';
    stream.on('text', (piece) => {
      text += piece;
    });
    await expect(stream.finalMessage()).rejects.toThrow(message);
    expect(text).toBe('Seven or');
  });

  it('stalls until the client gives up, and notes that it did', async () => {
    await using model = await startModel({ mode: 'script', script: [stalls(20)] });
    const stream = clientOf(model.url).messages.stream(question);
    let text = '';
    stream.on('text', (piece) => {
      text += piece;
      if (text.length === 20) stream.abort();
    });
    await expect(stream.finalMessage()).rejects.toThrow(/abort/i);
    await expect.poll(() => model.requests()[0]?.aborted).toBe(true);
  });

  it('says so when it is over', async () => {
    await expect(ask([])).rejects.toThrow('The script has 0 turns, and this is request 1.');
  });

  it('may be a function of the request', async () => {
    await using model = await startModel({
      mode: 'script',
      script: ({ messages }, index) => says(`${messages.length} at ${index}`),
    });
    const message = await clientOf(model.url).messages.create(question);
    expect(message.content).toMatchObject([{ text: '1 at 0' }]);
  });
});

describe('the measured model', () => {
  it('writes 599 characters, and says when the first and the last went out', async () => {
    const options: ModelOptions = { mode: 'timed', firstTokenMs: 5, tickMs: 0.1 };
    await using model = await startModel(options);
    const message = await clientOf(model.url).messages.stream(question).finalMessage();
    expect(message.content).toMatchObject([{ text: measuredAnswer }]);
    expect(measuredAnswer).toHaveLength(599);
    const [request] = model.requests();
    expect(request?.firstTokenAt).toBeGreaterThanOrEqual(request?.at ?? Infinity);
    expect(request?.lastTokenAt).toBeGreaterThanOrEqual(request?.firstTokenAt ?? Infinity);
  });
});

describe('the server', () => {
  it('knows a wrong key, a model and an address that is none', async () => {
    await using model = await startModel({ mode: 'script', script: [] });
    const client = clientOf(model.url);
    await expect(clientOf(model.url, 'wrong').messages.create(question)).rejects.toThrow(
      Anthropic.AuthenticationError,
    );
    await expect(client.models.retrieve('claude-sonnet-5-5')).resolves.toMatchObject({
      id: 'claude-sonnet-5-5',
    });
    await expect(client.models.retrieve('gpt')).rejects.toThrow(Anthropic.NotFoundError);
    await expect(client.get('/v1/nothing')).rejects.toThrow(Anthropic.NotFoundError);
  });

  it.each([
    ['half a surrogate pair', '{"model":"\\ud83d"}', 400, 'invalid_request_error'],
    ['no JSON', '{"model":', 400, 'invalid_request_error'],
    ['nothing', '', 400, 'invalid_request_error'],
    ['a list', '[]', 400, 'invalid_request_error'],
    ['33 MB', ' '.repeat(33 * 1024 * 1024), 413, 'request_too_large'],
  ])('refuses %s as a body', async (_name, body, status, type) => {
    await using model = await startModel({ mode: 'script', script: [] });
    const response = await fetch(`${model.url}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': 'any' },
      body,
    });
    expect(response.status).toBe(status);
    expect(response.headers.get('request-id')).toMatch(/^req_/);
    expect(await response.json()).toMatchObject({ type: 'error', error: { type } });
  });
});
