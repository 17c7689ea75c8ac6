import { setTimeout } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slack } from '../../../playground/slack/server.ts';
import { agentManifest, startAgent, startBoltAgent, withScopes } from './agent-fixture.ts';
import { clientOf, refusal } from './slack-fixture.ts';
import {
  blocks,
  channel,
  openStream,
  place,
  recipient,
  stored,
  task,
  text,
} from './streaming-fixture.ts';

let slack: Slack;
let client: WebClient;

beforeAll(async () => {
  slack = await startAgent();
  client = clientOf(slack);
});
afterAll(() => slack.close());

describe('a stream', () => {
  it('grows through the SDK and ends as one message', async () => {
    const at = place(slack);
    const stream = client.chatStream({ ...at, buffer_size: 8 });
    expect(await stream.append({ markdown_text: '**Sev' })).toBeNull();
    await stream.append({ markdown_text: 'en** orders' });
    const ts = String(stream.ts);
    expect(stored(slack, ts)).toMatchObject({
      thread_ts: at.thread_ts,
      text: '**Seven** orders',
      streaming_state: 'in_progress',
    });
    await stream.append({ markdown_text: ' so far.' });
    const { message } = await stream.stop();
    expect(message).toMatchObject({ ts, text: '**Seven** orders so far.' });
    expect(stored(slack, ts)).toMatchObject({
      streaming_state: 'completed',
      blocks: [{ type: 'markdown', text: '**Seven** orders so far.' }],
    });
  });

  it('may end before anything was said', async () => {
    const { ts } = await client.chatStream(place(slack)).stop();
    expect(stored(slack, String(ts))).toMatchObject({ text: '', streaming_state: 'completed' });
  });

  it('answers an event through Bolt', async () => {
    await using bolt = await startBoltAgent();
    bolt.app.event('app_mention', async ({ sayStream, setStatus }) => {
      await setStatus('is counting…');
      const stream = sayStream();
      await stream.append({ chunks: [text('Seven.')] });
      await stream.stop();
    });
    const thread_ts = bolt.slack.say('@dana', '#data', '@connector how many?');
    const reply = await bolt.slack.waitFor(
      (one) => one.thread_ts === thread_ts && one.streaming_state === 'completed',
    );
    expect(reply.text).toBe('Seven.');
  });

  it('keeps text, tasks and blocks in their order', async () => {
    const { ts } = await openStream(slack, { chunks: [text('First '), text('this.'), task('a')] });
    await client.chat.appendStream({
      channel,
      ts,
      chunks: [text('Then that.'), blocks(1), task('a', { title: 'Done', status: 'complete' })],
    });
    expect(stored(slack, ts)?.blocks).toMatchObject([
      { type: 'markdown', text: 'First this.' },
      { type: 'task_card', task_id: 'a', title: 'Done', status: 'complete' },
      { type: 'markdown', text: 'Then that.' },
      { type: 'divider' },
    ]);
  });

  it('replaces title and status of a task, and lets details and output go on', async () => {
    const { ts } = await openStream(slack, {
      chunks: [task('a', { details: 'one ', output: 'x' })],
    });
    const chunks = [task('a', { title: 'New', status: 'complete', details: 'two' })];
    await client.chat.appendStream({ channel, ts, chunks });
    const [card] = stored(slack, ts)?.blocks ?? [];
    expect(card).toMatchObject({ title: 'New', status: 'complete' });
    expect([card?.details, card?.output].map((one) => JSON.stringify(one))).toEqual([
      expect.stringContaining('"text":"one two"'),
      expect.stringContaining('"text":"x"'),
    ]);
  });

  it('shows tasks together where the first stood, under the title of the plan', async () => {
    const { ts } = await openStream(slack, {
      task_display_mode: 'plan',
      chunks: [text('Look:'), task('a'), text('…'), task('b')],
    });
    expect(stored(slack, ts)?.blocks).toMatchObject([
      { type: 'markdown' },
      { type: 'plan', title: 'Task a', tasks: [{ task_id: 'a' }, { task_id: 'b' }] },
      { type: 'markdown' },
    ]);
    const chunks = [{ type: 'plan_update' as const, title: 'The plan' }];
    await client.chat.appendStream({ channel, ts, chunks });
    expect(stored(slack, ts)?.blocks?.[1]).toMatchObject({ type: 'plan', title: 'The plan' });
  });

  it('fails the tasks that nobody finished', async () => {
    const { ts } = await openStream(slack, {
      chunks: [task('a'), task('b', { status: 'complete' })],
    });
    await client.chat.stopStream({ channel, ts });
    expect(stored(slack, ts)?.blocks).toMatchObject([{ status: 'error' }, { status: 'complete' }]);
  });

  it('ends with more text, blocks, metadata and a status of the session', async () => {
    const { ts, thread_ts } = await openStream(slack, { chunks: [text('a')] });
    const metadata = { event_type: 'run', event_payload: { id: 'r1' } };
    await client.chat.stopStream({
      channel,
      ts,
      chunks: [text('b')],
      blocks: [{ type: 'divider' }],
      metadata,
      session_status: 'processing',
    });
    expect(stored(slack, ts)).toMatchObject({
      text: 'ab',
      blocks: [{ type: 'markdown', text: 'ab' }, { type: 'divider' }],
      metadata,
    });
    expect(slack.state('@dana').statuses).toContainEqual(
      expect.objectContaining({ thread_ts, status: 'is working…' }),
    );
  });

  it('shows that the agent is at work until it ends', async () => {
    const { ts, thread_ts } = await openStream(slack, { chunks: [text('a')] });
    const shown = () =>
      slack.state('@dana').statuses.filter((one) => one.thread_ts === thread_ts).length;
    expect(shown()).toBe(1);
    await client.chat.stopStream({ channel, ts });
    expect(shown()).toBe(0);
  });

  it('is told to apps when it begins and when it ends', async () => {
    const thread_ts = place(slack).thread_ts;
    const stream = client.chatStream({ channel, thread_ts, ...recipient });
    for (const said of ['a', 'b', 'c']) await stream.append({ chunks: [text(said)] });
    await stream.stop();
    const events = slack
      .deliveries()
      .map((one) => one.body.event as Record<string, unknown> & { message?: object })
      .filter(
        (one) => one.thread_ts === thread_ts || JSON.stringify(one.message)?.includes(thread_ts),
      )
      .filter((one) => one.channel === channel && one.user !== 'U0DANA');
    expect(events).toMatchObject([
      { text: 'a', streaming_state: 'in_progress' },
      { subtype: 'message_changed', message: { text: 'abc', streaming_state: 'completed' } },
    ]);
  });

  it('bears a name of its own where the app may choose one', async () => {
    await using other = await startAgent({ manifest: withScopes('chat:write.customize') });
    const named = await openStream(other, { username: 'Counter', icon_emoji: ':abacus:' });
    expect(stored(other, named.ts)).toMatchObject({
      username: 'Counter',
      icons: { emoji: ':abacus:' },
    });
    const { ts } = await openStream(slack, { username: 'Counter' });
    expect(stored(slack, ts)?.username).toBeUndefined();
  });
});

describe('who sees a stream grow', () => {
  it('is the recipient; in a channel the others see its first words, then the whole', async () => {
    const { ts } = await openStream(slack, { chunks: [text('First')] });
    await client.chat.appendStream({ channel, ts, chunks: [text(', second')] });
    const seenBy = (user: string) =>
      slack.state(user).messages[channel]?.find((one) => one.ts === ts)?.text;
    expect([seenBy('@dana'), seenBy('@luis')]).toEqual(['First, second', 'First']);
    await client.chat.stopStream({ channel, ts });
    expect([seenBy('@dana'), seenBy('@luis')]).toEqual(['First, second', 'First, second']);
  });

  it('is the same on their pages', async () => {
    const page = await fetch(`${slack.url}/control/stream?user=U0LUIS`);
    const { ts } = await openStream(slack, { chunks: [text('First')] });
    await client.chat.appendStream({ channel, ts, chunks: [text(', second')] });
    await client.chat.stopStream({ channel, ts });
    let read = '';
    for await (const piece of page.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      read += piece;
      if (read.includes('"completed"')) break;
    }
    expect(read.split('\n\n').filter((change) => change.includes('in_progress'))).toEqual(
      Array(2).fill(expect.not.stringContaining('second')),
    );
    expect(read).toContain('First, second');
  });

  it('needs no recipient in a DM', async () => {
    const thread_ts = slack.say('@luis', 'dm', 'a question');
    const at = { channel: 'D0LUIS', thread_ts };
    const stream = client.chatStream(at);
    await stream.append({ chunks: [text('a')] });
    await stream.append({ chunks: [text('b')] });
    expect(slack.messages('@luis', { user: '@luis' }).at(-1)?.text).toBe('ab');
    await stream.stop();
  });
});

describe('the end that Slack makes', () => {
  it('comes in its time whatever is appended, and leaves a message that can be edited', async () => {
    await using brief = await startAgent({
      streamLifetimeMs: 100,
      limits: { rates: false, sizes: false },
    });
    const { ts, thread_ts } = await openStream(brief, { chunks: [task('a')] });
    const hasty = clientOf(brief);
    const append = () => refusal(hasty.chat.appendStream({ channel, ts, chunks: [text('more')] }));
    let outcome = await append();
    while (outcome === 'not refused') outcome = await append();
    const closed = 'message_not_in_streaming_state';
    expect(outcome).toBe(closed);
    expect(await refusal(hasty.chat.stopStream({ channel, ts }))).toBe(closed);
    expect(stored(brief, ts)).toMatchObject({ streaming_state: 'errored' });
    expect(stored(brief, ts)?.blocks?.[0]).toMatchObject({ status: 'error' });
    expect(brief.state('@dana').statuses.some((one) => one.thread_ts === thread_ts)).toBe(false);
    const update = hasty.chat.update({ channel, ts, text: 'whole', blocks: [] });
    expect(await refusal(update)).toBe('not refused');
  });
});

describe('a Slack without deadlines', () => {
  it('ends no stream', async () => {
    const limits = { rates: false, deadlines: false };
    await using patient = await startAgent({ streamLifetimeMs: 1, limits });
    const { ts } = await openStream(patient, { chunks: [text('a')] });
    await setTimeout(5);
    const append = clientOf(patient).chat.appendStream({ channel, ts, chunks: [text('b')] });
    expect(await refusal(append)).toBe('not refused');
  });
});

describe('the Stop button', () => {
  it('tells the app and takes no more, and the app can end its stream', async () => {
    const heard: unknown[] = [];
    await using bolt = await startBoltAgent();
    bolt.app.event('agent_session_stopped', async ({ event }) => void heard.push(event));
    const { ts, thread_ts } = await openStream(bolt.slack, { chunks: [text('a')] });
    bolt.slack.stop('@luis', '#data', thread_ts);
    await bolt.slack.until(() => heard.length > 0);
    expect(heard).toMatchObject([
      { channel, user: 'U0LUIS', thread_ts, streaming_message_ts: [ts] },
    ]);
    const append = bolt.app.client.chat.appendStream({ channel, ts, chunks: [text('b')] });
    expect(await refusal(append)).toBe('stopped_by_user');
    expect(stored(bolt.slack, ts)?.streaming_state).toBe('completed');
    expect(bolt.slack.state('@dana').statuses).toHaveLength(1);
    await bolt.app.client.chat.stopStream({ channel, ts });
    expect(bolt.slack.state('@dana').statuses).toEqual([]);
  });

  it('works without a stream', async () => {
    const thread_ts = place(slack).thread_ts;
    await client.assistant.threads.setStatus({ channel_id: channel, thread_ts, status: 'digs' });
    slack.stop('@dana', '#data', thread_ts);
    const event = slack.deliveries().at(-1)?.body.event;
    expect(event).toMatchObject({ type: 'agent_session_stopped', streaming_message_ts: [] });
  });

  it('is not there when nobody is at work, or nobody listens', async () => {
    expect(() => slack.stop('@dana', '#data', place(slack).thread_ts)).toThrow('session_not_found');
    const settings = { event_subscriptions: { bot_events: ['message.channels'] } };
    await using deaf = await startAgent({ manifest: { ...agentManifest, settings } });
    const { thread_ts } = await openStream(deaf);
    expect(() => deaf.stop('@dana', '#data', thread_ts)).toThrow('session_not_found');
  });
});
