import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Fault } from '../../../playground/slack/control-types.ts';
import { type Slack, startSlack } from '../../../playground/slack/server.ts';
import type { SlackMessage } from '../../../src/bot/reply/render.ts';
import { openReplyClient } from '../../../src/bot/reply/slack-client.ts';
import { toRefusal } from '../../../src/bot/reply/slack-refusal.ts';
import { toSlackLogger } from '../../../src/bot/slack-logger.ts';
import { log } from '../../../src/log.ts';

log.level = 'silent';
const logger = toSlackLogger(log);

let slack: Slack;
beforeAll(async () => {
  slack = await startSlack();
});
afterAll(() => slack.close());

const open = () =>
  openReplyClient(slack.env.SLACK_BOT_TOKEN, { slackApiUrl: slack.env.SLACK_API_URL, logger });
const message = (text: string): SlackMessage => ({ text, blocks: [{ type: 'markdown', text }] });
const place = (thread?: string) => ({
  workspace: 'T0',
  channel: 'C0GENERAL',
  ...(thread && { thread }),
});
const mark = { run: 'run-1', position: 0 };

/** Makes calls fail until the test is over. */
const fault = (what: Fault) => onTestFinished(slack.fault(what));
const lastCall = (method: string) =>
  slack.traffic().findLast((call) => call.method === method)?.args;

it('posts into the thread with its mark, edits, and removes', async () => {
  const client = open();
  const thread = slack.say('@dana', '#general', 'hello');
  const posted = await client.post(place(thread), message('one'), mark);
  if (!posted.ok) throw new Error(posted.code);
  expect(lastCall('chat.postMessage')).toMatchObject({
    unfurl_links: 'false',
    unfurl_media: 'false',
    thread_ts: thread,
  });
  expect(await client.update(place(thread), posted.ts, message('two'))).toEqual({ ok: true });
  expect(lastCall('chat.update')).toMatchObject({ parse: 'none', text: 'two' });
  expect(slack.messages('#general', { thread_ts: thread }).at(-1)).toMatchObject({
    text: 'two',
    ts: posted.ts,
  });
  expect(await client.remove(place(thread), posted.ts)).toEqual({ ok: true });
  expect(await client.update(place(thread), posted.ts, message('three'))).toEqual({
    ok: false,
    problem: 'gone',
    code: 'message_not_found',
  });
});

it.each([
  ['a thread', true],
  ['the root of a DM', false],
])('finds its own message again by run and position in %s', async (_, inThread) => {
  const client = open();
  const where = inThread
    ? place(slack.say('@dana', '#general', 'hello'))
    : { workspace: 'T0', channel: 'D0DANA' };
  const since = Date.now();
  fault({ method: 'chat.postMessage', lostReply: true, count: 1 });
  expect(await client.post(where, message('one'), mark)).toMatchObject({
    ok: false,
    problem: 'ambiguous',
  });
  await client.post(where, message('another part'), { run: 'run-1', position: 1 });
  await client.post(where, message('another run'), { run: 'run-2', position: 0 });
  const result = await client.find(where, mark, since);
  expect(result.ok && result.found).toHaveLength(1);
  expect(await client.find(where, { run: 'run-3', position: 0 }, since)).toEqual({
    ok: true,
    found: [],
  });
});

it.each<[string, Fault, object]>([
  [
    'a 429',
    { method: 'chat.update', status: 429, retryAfter: 7 },
    { problem: 'ratelimited', retryAfterMs: 7_000 },
  ],
  [
    'a server error',
    { method: 'chat.update', status: 503 },
    { problem: 'ambiguous', code: 'http_503' },
  ],
  ['a lost answer', { method: 'chat.update', lostReply: true }, { problem: 'ambiguous' }],
  [
    'Slack in trouble',
    { method: 'chat.update', error: 'internal_error' },
    { problem: 'ambiguous' },
  ],
  [
    'an unknown error',
    { method: 'chat.update', error: 'purple_monday' },
    { problem: 'other', code: 'purple_monday' },
  ],
  [
    'a limit told without a 429',
    { method: 'chat.update', error: 'ratelimited' },
    { problem: 'ratelimited' },
  ],
  [
    'refused blocks',
    { method: 'chat.update', error: 'msg_blocks_too_long' },
    { problem: 'blocks-refused' },
  ],
  [
    'a message that can be edited no more',
    { method: 'chat.update', error: 'edit_window_closed' },
    { problem: 'gone' },
  ],
  [
    'a channel that is not there',
    { method: 'chat.update', error: 'channel_not_found' },
    { problem: 'closed' },
  ],
  ['a revoked token', { method: 'chat.update', error: 'token_revoked' }, { problem: 'auth' }],
])('says what %s means, after one call', async (_, what, expected) => {
  const client = open();
  const posted = await client.post(place(), message('one'), mark);
  const before = slack.traffic().length;
  fault(what);
  expect(await client.update(place(), posted.ok ? posted.ts : '', message('two'))).toMatchObject({
    ok: false,
    ...expected,
  });
  expect(slack.traffic().length).toBe(before + 1);
});

it('knows that a Slack that is not there got nothing', async () => {
  const gone = await startSlack();
  await gone.close();
  const client = openReplyClient('xoxb-none', { slackApiUrl: gone.env.SLACK_API_URL, logger });
  expect(await client.post(place(), message('one'), mark)).toEqual({
    ok: false,
    problem: 'unreachable',
    code: 'ECONNREFUSED',
  });
});

it.each<[string, unknown, object]>([
  [
    'a timeout',
    new WebAPIRequestError(new DOMException('too slow', 'TimeoutError')),
    { problem: 'ambiguous', code: 'timeout' },
  ],
  [
    'a strange status',
    new WebAPIHTTPError(418, 'teapot', {}),
    { problem: 'other', code: 'http_418' },
  ],
  ['a negative wait', new WebAPIRateLimitedError(-3), { problem: 'ratelimited', retryAfterMs: 0 }],
  [
    'no error code',
    new WebAPIPlatformError({ ok: false, error: undefined as unknown as string }),
    { problem: 'other' },
  ],
  [
    'a 429 without a time',
    new Error('Retry header did not contain a valid timeout (url: x)'),
    { problem: 'ratelimited', retryAfterMs: 30_000 },
  ],
  ['no error at all', 'text', { problem: 'ambiguous' }],
  ['nothing', undefined, { problem: 'ambiguous' }],
])('makes something of %s', (_, error, expected) => {
  expect(toRefusal(error)).toMatchObject({ ok: false, ...expected });
});

describe('status', () => {
  const asked = () =>
    slack.traffic().filter(({ method }) => method === 'assistant.threads.setStatus').length;

  it.each([
    'unknown_method',
    'not_authorized',
    'missing_scope',
    'feature_disabled',
    'not_allowed_token_type',
  ])('is not asked for again after %s, per workspace', async (error) => {
    const client = open();
    const thread = slack.say('@dana', '#general', 'hello');
    fault({ method: 'assistant.threads.setStatus', error });
    const before = asked();
    await client.setStatus(place(thread), 'is thinking…');
    await client.setStatus(place(thread), '');
    expect(asked()).toBe(before + 1);
    await client.setStatus({ ...place(thread), workspace: 'T1' }, 'is thinking…');
    expect(asked()).toBe(before + 2);
  });

  it('is asked for again after a passing trouble', async () => {
    const client = open();
    const thread = slack.say('@dana', '#general', 'hello');
    fault({ method: 'assistant.threads.setStatus', status: 503, count: 1 });
    const before = asked();
    await client.setStatus(place(thread), 'is thinking…');
    await client.setStatus(place(thread), '');
    expect(asked()).toBe(before + 2);
  });

  it('is left alone where there is no thread', async () => {
    const before = asked();
    await open().setStatus(place(), 'is thinking…');
    expect(asked()).toBe(before);
  });
});
