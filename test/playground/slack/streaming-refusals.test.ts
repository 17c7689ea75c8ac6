import type { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slack } from '../../../playground/slack/server.ts';
import { startAgent } from './agent-fixture.ts';
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

describe('Slack refuses', () => {
  const { recipient_team_id, recipient_user_id } = recipient;

  it.each([
    ['a stream outside a thread', { thread_ts: undefined }, 'invalid_thread_ts'],
    ['a stream in an unknown thread', { thread_ts: '1.0' }, 'invalid_thread_ts'],
    ['a stream for nobody', { recipient_user_id: undefined }, 'missing_recipient_user_id'],
    ['one for no team', { recipient_team_id: undefined }, 'missing_recipient_team_id'],
    ['one for an unknown person', { recipient_user_id: 'U0NOBODY' }, 'user_not_found'],
    ['one for another team', { recipient_team_id: 'T0NORTHWIND' }, 'team_access_not_granted'],
    ['one in a channel it is not in', { channel: 'C0RANDOM' }, 'not_in_channel'],
    ['another display', { task_display_mode: 'cinema' }, 'invalid_arguments'],
    ['both ways at once', { markdown_text: 'a', chunks: [text('b')] }, 'invalid_arguments'],
  ])('%s', async (_name, args, error) => {
    const at = { ...place(slack), recipient_team_id, recipient_user_id, ...args };
    expect(await refusal(client.apiCall('chat.startStream', at))).toBe(error);
  });

  it.each([
    ['no list', 'text'],
    ['no JSON', '[{'],
    ['an unknown type', [{ type: 'song' }]],
    ['no text', [{ type: 'markdown_text' }]],
    ['a task without an id', [task('')]],
    ['another status', [task('a', { status: 'maybe' })]],
    ['a source without an address', [task('a', { sources: [{ type: 'url' }] })]],
    ['null', [null]],
    ['a thousand and one', Array(1_001).fill(text(''))],
  ])('chunks with %s', async (_name, chunks) => {
    const call = client.apiCall('chat.startStream', { ...place(slack), chunks });
    expect(await refusal(call)).toBe('invalid_chunks');
  });

  it.each([
    [50, 'not refused'],
    [51, 'msg_blocks_too_many'],
  ])('%i blocks in one chunk: %s', async (count, outcome) => {
    const call = client.chat.startStream({ ...place(slack), chunks: [blocks(count)] });
    expect(await refusal(call)).toBe(outcome);
  });

  it('more than 50 blocks in all chunks, while 50 more may end it', async () => {
    const { ts } = await openStream(slack, { chunks: [blocks(50)] });
    const append = client.chat.appendStream({ channel, ts, chunks: [blocks(1)] });
    expect(await refusal(append)).toBe('msg_blocks_too_many');
    const stop = (count: number) => client.chat.stopStream({ channel, ts, ...last(count) });
    const last = (count: number) => ({ blocks: blocks(count).blocks });
    expect(await refusal(stop(51))).toBe('msg_blocks_too_many');
    expect(await refusal(stop(50))).toBe('not refused');
    expect(stored(slack, ts)?.blocks).toHaveLength(100);
  });

  it('a file block', async () => {
    const file = { type: 'file', external_id: 'x', source: 'remote' };
    const chunks = [{ type: 'blocks', blocks: [file] }];
    const call = client.apiCall('chat.startStream', { ...place(slack), chunks });
    expect(await refusal(call)).toBe('internal_error');
  });

  it.each([
    [256, 'not refused'],
    [257, 'invalid_chunks'],
  ])('titles of %i characters: %s', async (length, outcome) => {
    const chunks = [task('a', { title: 'x'.repeat(length) })];
    expect(await refusal(client.chat.startStream({ ...place(slack), chunks }))).toBe(outcome);
  });

  it.each([
    ['11,000 bytes in letters', 'x', 11_000, 'not refused'],
    ['one letter more', 'x', 11_001, 'msg_too_long'],
    ['11,000 bytes in accents', 'é', 5_500, 'not refused'],
    ['one accent more', 'é', 5_501, 'msg_too_long'],
  ])('a whole that is too long: %s', async (_name, letter, count, outcome) => {
    const { ts } = await openStream(slack, { chunks: [text(letter)] });
    const chunks = [text(letter.repeat(count - 1))];
    expect(await refusal(client.chat.appendStream({ channel, ts, chunks }))).toBe(outcome);
    expect(stored(slack, ts)?.text).toHaveLength(outcome === 'not refused' ? count : 1);
  });

  it.each([
    [{ markdown_text: 'a' }, { chunks: [text('b')] }, 'streaming_mode_mismatch'],
    [{ chunks: [text('a')] }, { markdown_text: 'b' }, 'streaming_mode_mismatch'],
    [{}, { markdown_text: 'b' }, 'not refused'],
    [{}, { chunks: [text('b')] }, 'not refused'],
    [{}, {}, 'no_text'],
  ])('to mix both ways: %j, then %j: %s', async (first, then, outcome) => {
    const { ts } = await openStream(slack, first);
    expect(await refusal(client.chat.appendStream({ channel, ts, ...then }))).toBe(outcome);
  });

  it('to stream into what is no stream of this app', async () => {
    const append = (ts: string) =>
      refusal(client.chat.appendStream({ channel, ts, markdown_text: 'x' }));
    const posted = await client.chat.postMessage({ channel, text: 'posted' });
    expect(await append(place(slack).thread_ts)).toBe('message_not_owned_by_app');
    expect(await append('1.000000')).toBe('message_not_found');
    expect(await append(String(posted.ts))).toBe('message_not_in_streaming_state');
    const { ts } = await openStream(slack);
    await client.chat.delete({ channel, ts });
    expect(await append(ts)).toBe('message_not_found');
  });

  it('to go on after the end, and to end twice', async () => {
    const { ts } = await openStream(slack, { chunks: [text('a')] });
    await client.chat.stopStream({ channel, ts });
    const again = client.chat.appendStream({ channel, ts, chunks: [text('b')] });
    expect(await refusal(again)).toBe('message_not_in_streaming_state');
    const twice = client.chat.stopStream({ channel, ts });
    expect(await refusal(twice)).toBe('message_not_in_streaming_state');
  });

  it('to edit what is still streamed; then it may', async () => {
    const { ts } = await openStream(slack, { chunks: [text('a')] });
    const edit = () => refusal(client.chat.update({ channel, ts, text: 'edited', blocks: [] }));
    expect(await edit()).toBe('streaming_state_conflict');
    await client.chat.stopStream({ channel, ts });
    expect(await edit()).toBe('not refused');
    expect(stored(slack, ts)).toMatchObject({ text: 'edited', streaming_state: 'completed' });
  });

  it('an unknown status of the session, and takes nothing then', async () => {
    const { ts } = await openStream(slack, { chunks: [text('a')] });
    const stop = client.chat.stopStream({ channel, ts, chunks: [text('b')], session_status: 'x' });
    expect(await refusal(stop)).toBe('invalid_status');
    expect(stored(slack, ts)).toMatchObject({ text: 'a', streaming_state: 'in_progress' });
  });

  it('sizes only while that limit is on', async () => {
    await using lax = await startAgent({ limits: { rates: false, sizes: false } });
    const long = { chunks: [task('a', { title: 'x'.repeat(257) }), text('x'.repeat(11_001))] };
    const { ts } = await openStream(lax, long);
    expect(stored(lax, ts)?.text).toHaveLength(11_001);
  });

  it('everything when it is older', async () => {
    await using classic = await startAgent({ classicOnly: true });
    const call = clientOf(classic).chat.startStream(place(classic));
    expect(await refusal(call)).toBe('unknown_method');
  });
});
