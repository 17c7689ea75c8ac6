import type { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ThreadStatus } from '../../../playground/slack/control-types.ts';
import { AgentSessions } from '../../../playground/slack/messages/agent-sessions.ts';
import type { Slack } from '../../../playground/slack/server.ts';
import { agentManifest, startAgent } from './agent-fixture.ts';
import { clientOf, refusal } from './slack-fixture.ts';

let slack: Slack;
let client: WebClient;

beforeAll(async () => {
  slack = await startAgent();
  client = clientOf(slack);
});
afterAll(() => slack.close());

const channel_id = 'C0DATA';
const ask = () => slack.say('@dana', '#data', 'a question');
const call = (method: string, args: object, on = client) =>
  refusal(on.apiCall(method, { ...args }));
const shown = (thread_ts: string) =>
  slack.state('@dana').statuses.find((one) => one.thread_ts === thread_ts)?.status;

describe('a status', () => {
  const set = (thread_ts: string, status: string, more: object = {}) =>
    client.assistant.threads.setStatus({ channel_id, thread_ts, status, ...more });

  it('is replaced, and goes with an empty one', async () => {
    const thread_ts = ask();
    await set(thread_ts, 'reads');
    await set(thread_ts, 'counts', { loading_messages: ['one…', 'two…'] });
    expect(slack.state('@dana').statuses).toMatchObject([
      { thread_ts, status: 'counts', loading_messages: ['one…', 'two…'] },
    ]);
    await set(thread_ts, '');
    expect(shown(thread_ts)).toBeUndefined();
  });

  it('goes with a reply of its app, not of somebody else', async () => {
    const thread_ts = ask();
    await set(thread_ts, 'reads');
    slack.say('@luis', '#data', 'me too', { thread_ts });
    expect(shown(thread_ts)).toBe('reads');
    await client.chat.postMessage({ channel: channel_id, thread_ts, text: 'done' });
    expect(shown(thread_ts)).toBeUndefined();
  });

  it.each([
    [10, 50, 'not refused'],
    [11, 50, 'invalid_arguments'],
    [10, 51, 'invalid_arguments'],
    [1, 0, 'invalid_arguments'],
  ])('with %i loading messages of %i characters: %s', async (count, length, outcome) => {
    const loading_messages = Array<string>(count).fill('x'.repeat(length));
    expect(await refusal(set(ask(), 'x', { loading_messages }))).toBe(outcome);
  });

  it.each([
    ['no thread', { thread_ts: undefined }, 'invalid_arguments'],
    ['an unknown thread', { thread_ts: '1.0' }, 'invalid_thread_ts'],
    ['no status', { status: undefined }, 'invalid_arguments'],
    ['a number among its messages', { loading_messages: [1] }, 'invalid_arguments'],
    ['a channel it is not in', { channel_id: 'C0RANDOM' }, 'not_in_channel'],
  ])('with %s is refused', async (_name, args, error) => {
    const all = { channel_id, thread_ts: ask(), status: 'x', ...args };
    expect(await call('assistant.threads.setStatus', all)).toBe(error);
  });
});

describe('the session of an agent', () => {
  const set = (thread_ts: string, status: string, more: object = {}) =>
    client.apiCall('agents.sessions.setStatus', { channel_id, thread_ts, status, ...more });

  it('processes until it says otherwise, whatever it posts', async () => {
    const thread_ts = ask();
    expect(await set(thread_ts, 'processing')).toMatchObject({ status: 'processing' });
    await client.chat.postMessage({ channel: channel_id, thread_ts, text: 'more to come' });
    expect(shown(thread_ts)).toBe('is working…');
    await set(thread_ts, 'active');
    expect(shown(thread_ts)).toBeUndefined();
  });

  it.each(['suspended', 'closed'])('may be %s, which shows no status', async (status) => {
    const thread_ts = ask();
    await set(thread_ts, 'processing');
    expect(await set(thread_ts, status)).toMatchObject({ agent_status: status });
    expect(shown(thread_ts)).toBeUndefined();
  });

  it('ends with an empty status of the older method', async () => {
    const thread_ts = ask();
    await set(thread_ts, 'processing');
    await client.assistant.threads.setStatus({ channel_id, thread_ts, status: '' });
    expect(shown(thread_ts)).toBeUndefined();
  });

  it('takes its title when it is new, and by a new name', async () => {
    const thread_ts = ask();
    expect(await set(thread_ts, 'processing', { title: 'One' })).toMatchObject({ title: 'One' });
    expect(await set(thread_ts, 'active', { title: 'Two' })).toMatchObject({ title: 'One' });
    const rename = { channel_id, thread_ts, title: 'Three' };
    expect(await client.apiCall('agents.sessions.rename', rename)).toMatchObject({
      title: 'Three',
    });
    expect(await set(thread_ts, 'active')).toMatchObject({ title: 'Three' });
    await client.assistant.threads.setTitle({ ...rename, title: 'Four' });
    expect(await set(thread_ts, 'active')).toMatchObject({ title: 'Four' });
  });

  it.each([
    ['another status', 'invalid_status', { status: 'asleep' }],
    ['no status', 'invalid_status', { status: undefined }],
    ['no thread', 'thread_ts_required', { thread_ts: undefined }],
    ['an unknown thread', 'invalid_thread_ts', { thread_ts: '1.0' }],
    ['somebody from elsewhere', 'user_not_in_channel', { initiator_user_id: 'U0GWEN' }],
    ['nobody that is known', 'user_not_found', { initiator_user_id: 'U0NOBODY' }],
    ['a channel it is not in', 'not_authorized', { channel_id: 'C0RANDOM' }],
    ['a channel it may not know', 'channel_not_found', { channel_id: 'G0LEADERS' }],
    ['a title of 200', 'not refused', { title: 'x'.repeat(200) }],
    ['a title of 201', 'invalid_arguments', { title: 'x'.repeat(201) }],
  ])('with %s: %s', async (_name, outcome, args) => {
    const all = { channel_id, thread_ts: ask(), status: 'active', ...args };
    expect(await call('agents.sessions.setStatus', all)).toBe(outcome);
  });

  it('has no new name before it is there', async () => {
    const args = { channel_id, thread_ts: ask(), title: 'x' };
    expect(await call('agents.sessions.rename', args)).toBe('session_not_found');
  });

  it('warns who cannot be stopped', async () => {
    const answer = await set(ask(), 'processing');
    expect(answer).not.toHaveProperty('warning');
    const settings = { event_subscriptions: { bot_events: ['message.channels'] } };
    await using deaf = await startAgent({ manifest: { ...agentManifest, settings } });
    const args = { channel_id, thread_ts: deaf.say('@dana', '#data', 'x'), status: 'active' };
    expect(await clientOf(deaf).apiCall('agents.sessions.setStatus', args)).toMatchObject({
      warning: 'missing_agent_session_stopped_event_subscription',
    });
  });
});

describe('suggested prompts', () => {
  const prompts = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ title: `T${i}`, message: `M${i}` }));
  const set = (args: object) =>
    call('assistant.threads.setSuggestedPrompts', { channel_id: 'D0DANA', ...args });
  const suggested = (user: string) => slack.state(user).prompts;

  it('stand on top of a DM for those in it, and are replaced', async () => {
    await set({ prompts: prompts(2) });
    await set({ prompts: prompts(1), title: 'Ask' });
    expect(suggested('@dana')).toMatchObject([
      { channel: 'D0DANA', title: 'Ask', prompts: [{ title: 'T0', message: 'M0' }] },
    ]);
    expect(suggested('@luis')).toEqual([]);
    await set({ prompts: [] });
    expect(suggested('@dana')).toEqual([]);
  });

  it('stand in a thread of their own', async () => {
    const thread_ts = slack.say('@dana', 'dm', 'hello');
    await set({ thread_ts, prompts: prompts(1) });
    expect(suggested('@dana')).toMatchObject([{ thread_ts }]);
  });

  it.each([
    ['four', 'not refused', { prompts: prompts(4) }],
    ['five', 'invalid_arguments', { prompts: prompts(5) }],
    ['none', 'invalid_arguments', {}],
    ['one without words', 'invalid_arguments', { prompts: [{ title: 'x' }] }],
    ['an empty one', 'invalid_arguments', { prompts: [{ title: '', message: '' }] }],
    ['one in an unknown thread', 'invalid_thread_ts', { prompts: [], thread_ts: '1.0' }],
  ])('%s: %s', async (_name, outcome, args) => {
    expect(await set(args)).toBe(outcome);
  });
});

describe('an app that is no agent', () => {
  it('has no sessions and no prompts, but a status', async () => {
    const { agent_view: _, ...features } = agentManifest.features;
    await using plain = await startAgent({ manifest: { ...agentManifest, features } });
    const thread_ts = plain.say('@dana', '#data', 'x');
    const on = clientOf(plain);
    const args = { channel_id, thread_ts, status: 'active', prompts: [] };
    expect(await call('agents.sessions.setStatus', args, on)).toBe('feature_disabled');
    expect(await call('agents.sessions.rename', args, on)).toBe('feature_disabled');
    expect(await call('assistant.threads.setSuggestedPrompts', args, on)).toBe('not_agent_app');
    expect(await call('assistant.threads.setStatus', args, on)).toBe('not refused');
  });
});

describe('what is shown below a thread', () => {
  const thread = { app_id: 'A1', channel: 'C1', thread_ts: '1.0' };
  const minutes = (count: number) => vi.advanceTimersByTime(count * 60_000);

  function open() {
    vi.useFakeTimers();
    const told: ThreadStatus[] = [];
    const sessions = new AgentSessions((status) => told.push(status));
    const line = () => sessions.statuses()[0]?.status;
    return { sessions, line, told, [Symbol.dispose]: () => void vi.useRealTimers() };
  }

  it('are words for two minutes, anew with each', () => {
    using at = open();
    at.sessions.setStatus(thread, 'reads');
    minutes(1.9);
    at.sessions.setStatus(thread, 'counts');
    minutes(1.9);
    expect(at.line()).toBe('counts');
    minutes(0.2);
    expect(at.line()).toBeUndefined();
    expect(at.told.map((one) => one.status)).toEqual(['reads', 'counts', '']);
  });

  it('is work for an hour, and the words of the app before it', () => {
    using at = open();
    at.sessions.setState(thread, 'processing');
    at.sessions.setStatus(thread, 'reads');
    expect(at.line()).toBe('reads');
    minutes(3);
    expect(at.line()).toBe('is working…');
    minutes(58);
    expect(at.sessions.find(thread)?.state).toBe('active');
    expect(at.line()).toBeUndefined();
  });
});
