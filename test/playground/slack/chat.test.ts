import type { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slack } from '../../../playground/slack/server.ts';
import { agentManifest, startAgent, withScopes } from './agent-fixture.ts';
import { clientOf, refusal } from './slack-fixture.ts';

let slack: Slack;
let client: WebClient;

beforeAll(async () => {
  slack = await startAgent({ manifest: withScopes('chat:write.customize', 'chat:write.public') });
  client = clientOf(slack);
});
afterAll(() => slack.close());

const channel = 'C0DATA';
const post = async (more: object = {}, on = client) =>
  String((await on.chat.postMessage({ channel, text: 'hello', ...more })).ts);
const stored = (ts: string, on = slack) => on.messages('#data').find((one) => one.ts === ts);
const call = (method: string, args: object, on = client) =>
  refusal(on.apiCall(method, { ...args }));
const divider = { type: 'divider' as const };
const richText = {
  type: 'rich_text' as const,
  elements: [
    { type: 'rich_text_section' as const, elements: [{ type: 'text' as const, text: 'rich' }] },
  ],
};

describe('a post', () => {
  it.each([
    ['an id', 'C0DATA', 'C0DATA'],
    ['a name', '#data', 'C0DATA'],
    ['a name without its mark', 'data', 'C0DATA'],
    ['a person', 'U0MEI', 'D0MEI'],
  ])('goes to %s', async (_name, to, id) => {
    expect((await client.chat.postMessage({ channel: to, text: 'x' })).channel).toBe(id);
  });

  it.each([
    ['nowhere', '', 'channel_not_found'],
    ['a private channel it is not in', 'G0LEADERS', 'channel_not_found'],
    ['itself', 'U0CONNECTOR', 'channel_not_found'],
    ['another bot', 'U0DEPLOYBOT', 'channel_not_found'],
  ])('does not go to %s', async (_name, to, error) => {
    expect(await call('chat.postMessage', { channel: to, text: 'x' })).toBe(error);
  });

  it('goes to public channels it is not in with a scope for that', async () => {
    expect(await call('chat.postMessage', { channel: 'C0RANDOM', text: 'x' })).toBe('not refused');
    await using other = await startAgent();
    const args = { channel: 'C0RANDOM', text: 'x' };
    expect(await call('chat.postMessage', args, clientOf(other))).toBe('not_in_channel');
  });

  it('goes to no DM when the app shows no messages there', async () => {
    const closed = { home_tab_enabled: true, messages_tab_enabled: false };
    const readOnly = { messages_tab_enabled: true, messages_tab_read_only_enabled: true };
    const outcomes = [];
    for (const app_home of [closed, readOnly]) {
      const manifest = { ...agentManifest, features: { ...agentManifest.features, app_home } };
      await using other = await startAgent({ manifest });
      const args = { channel: 'D0DANA', text: 'x' };
      outcomes.push(await call('chat.postMessage', args, clientOf(other)));
    }
    expect(outcomes).toEqual(['messages_tab_disabled', 'not refused']);
  });

  it.each([
    ['nothing', {}, 'no_text'],
    ['white space', { text: ' \n' }, 'no_text'],
    ['no blocks', { blocks: [] }, 'no_text'],
    ['blocks that are no JSON', { blocks: '[{' }, 'invalid_blocks_format'],
    ['attachments that are no list', { attachments: '{"a":1}' }, 'invalid_attachments'],
    ['metadata without a type', { text: 'x', metadata: {} }, 'invalid_metadata_format'],
    ['Markdown and text', { text: 'x', markdown_text: 'y' }, 'markdown_text_conflict'],
    ['Markdown and blocks', { blocks: [divider], markdown_text: 'y' }, 'markdown_text_conflict'],
  ])('with %s is refused', async (_name, args, error) => {
    expect(await call('chat.postMessage', { channel, ...args })).toBe(error);
  });

  it.each([
    ['attachments', 100, 'not refused'],
    ['attachments', 101, 'too_many_attachments'],
    ['markdown_text', 12_000, 'not refused'],
    ['markdown_text', 12_001, 'msg_too_long'],
  ])('with %s of %i: %s', async (name, count, outcome) => {
    const value = name === 'attachments' ? Array(count).fill({ text: 'x' }) : 'x'.repeat(count);
    expect(await call('chat.postMessage', { channel, [name]: value })).toBe(outcome);
  });

  it('stands in the channel, too, when a reply says so', async () => {
    const thread_ts = await post();
    const ts = await post({ thread_ts, reply_broadcast: true });
    expect(stored(ts)).toMatchObject({ thread_ts, subtype: 'thread_broadcast' });
    const { messages } = await client.conversations.replies({ channel, ts: thread_ts });
    expect(messages?.map((one) => one.ts)).toEqual([thread_ts, ts]);
    // A root has nowhere to be shown again.
    expect(stored(await post({ reply_broadcast: true }))?.subtype).toBeUndefined();
  });

  it('bears another name only with a scope for that, and without it just its own', async () => {
    const named = { username: 'Counter', icon_emoji: ':abacus:', icon_url: 'https://x.test/a.png' };
    expect(stored(await post(named))).toMatchObject({
      username: 'Counter',
      icons: { emoji: ':abacus:' },
      subtype: 'bot_message',
    });
    await using other = await startAgent();
    const message = stored(await post(named, clientOf(other)), other);
    expect(message).not.toHaveProperty('username');
    expect(message).not.toHaveProperty('icons');
  });

  it.each([
    [{ link_names: true }, '<@U0DANA> in <#C0DATA|data>'],
    [{ parse: 'full' }, '<@U0DANA> in <#C0DATA|data>'],
    [{}, '@dana in #data'],
  ])('names people with %j', async (args, text) => {
    expect(stored(await post({ text: '@dana in #data', ...args }))?.text).toBe(text);
  });

  it('may say that its text is no markup', async () => {
    expect(stored(await post({ mrkdwn: false }))?.mrkdwn).toBe(false);
  });

  it('may be about oneself', async () => {
    const { ts } = await client.chat.meMessage({ channel, text: 'waves' });
    expect(stored(String(ts))).toMatchObject({ subtype: 'me_message', text: 'waves' });
  });

  it.each(['chat.meMessage', 'chat.postEphemeral'])(
    'by %s is refused past 40,000',
    async (name) => {
      const args = (count: number) => ({ channel, user: 'U0DANA', text: 'x'.repeat(count) });
      expect(await call(name, args(40_000))).toBe('not refused');
      expect(await call(name, args(40_001))).toBe('msg_too_long');
    },
  );

  it('keeps its whole length while sizes do not matter', async () => {
    await using lax = await startAgent({ limits: { rates: false, sizes: false } });
    const on = clientOf(lax);
    const ts = await post({ text: 'x'.repeat(40_001) }, on);
    expect(stored(ts, lax)?.text).toHaveLength(40_001);
    expect(await call('chat.update', { channel, ts, text: 'x'.repeat(4_001) }, on)).toBe(
      'not refused',
    );
  });
});

describe('an ephemeral message', () => {
  it('is only for people in the channel', async () => {
    const args = { channel, user: 'U0GWEN', text: 'x' };
    expect(await refusal(client.chat.postEphemeral(args))).toBe('user_not_in_channel');
  });

  it('stands in its thread, and nothing changes it', async () => {
    const thread_ts = await post();
    const args = { channel, user: 'U0DANA', text: 'x', thread_ts };
    const ts = String((await client.chat.postEphemeral(args)).message_ts);
    const seen = slack.messages('#data', { user: '@dana', thread_ts });
    expect(seen.map((one) => one.ts)).toEqual([thread_ts, ts]);
    const tries = [
      call('chat.update', { channel, ts, text: 'y' }),
      call('chat.delete', { channel, ts }),
      call('chat.getPermalink', { channel, message_ts: ts }),
    ];
    expect(await Promise.all(tries)).toEqual(Array(3).fill('message_not_found'));
    const reply = call('chat.postMessage', { channel, thread_ts: ts, text: 'x' });
    expect(await reply).toBe('cannot_reply_to_message');
  });
});

describe('an edit', () => {
  it.each([
    ['rich text becomes plain blocks', 'block_mismatch', [richText], [divider]],
    ['plain blocks become rich text', 'block_mismatch', [divider], [richText]],
    ['rich text stays', 'not refused', [richText], [richText]],
    ['blocks come to a text', 'not refused', undefined, [richText]],
    ['blocks go', 'not refused', [richText], undefined],
  ])('in which %s: %s', async (_name, outcome, before, after) => {
    const ts = await post({ blocks: before });
    expect(await call('chat.update', { channel, ts, text: 'new', blocks: after })).toBe(outcome);
  });

  it('keeps metadata unless it brings some', async () => {
    const metadata = (id: string) => ({ event_type: 'run', event_payload: { id } });
    const ts = await post({ metadata: metadata('one') });
    await client.chat.update({ channel, ts, text: 'b' });
    expect(stored(ts)?.metadata).toEqual(metadata('one'));
    await client.chat.update({ channel, ts, text: 'c', metadata: metadata('two') });
    expect(stored(ts)?.metadata).toEqual(metadata('two'));
  });

  it('shows "(edited)" only without blocks', async () => {
    const ts = await post({ blocks: [divider] });
    await client.chat.update({ channel, ts, text: 'b', blocks: [divider] });
    expect(stored(ts)).not.toHaveProperty('edited');
    await client.chat.update({ channel, ts, text: 'c' });
    expect(stored(ts)).toHaveProperty('edited');
  });

  it('replaces text by Markdown', async () => {
    const ts = await post();
    await client.chat.update({ channel, ts, markdown_text: '**b**' });
    expect(stored(ts)?.blocks).toMatchObject([{ type: 'markdown', text: '**b**' }]);
  });

  it('shows a reply in the channel, but does not change it by that', async () => {
    const ts = await post({ thread_ts: await post() });
    const broadcast = (more: object) =>
      call('chat.update', { channel, ts, reply_broadcast: true, ...more });
    expect(await broadcast({ text: 'other' })).toBe('no_dual_broadcast_content_update');
    expect(await broadcast({})).toBe('not refused');
    expect(stored(ts)).toMatchObject({ subtype: 'thread_broadcast', text: 'hello' });
    const root = { channel, ts: await post(), reply_broadcast: true };
    expect(await call('chat.update', root)).toBe('cant_broadcast_message');
  });

  it('attaches files', async () => {
    const announced = await client.files.getUploadURLExternal({ filename: 'a.txt', length: 1 });
    const file_id = String(announced.file_id);
    const ts = await post();
    const update = () => call('chat.update', { channel, ts, file_ids: [file_id] });
    expect(await update()).toBe('file_not_found');
    await fetch(String(announced.upload_url), { method: 'POST', body: 'x' });
    await client.files.completeUploadExternal({ files: [{ id: file_id }] });
    expect(await update()).toBe('not refused');
    expect(stored(ts)).toMatchObject({ text: 'hello', files: [{ id: file_id }] });
  });

  it.each([
    ['without a ts', { ts: undefined }, 'message_not_found'],
    ['without content', { text: '' }, 'no_text'],
    ['of nothing', { ts: '1.000000' }, 'message_not_found'],
  ])('%s is refused', async (_name, args, error) => {
    const ts = await post();
    expect(await call('chat.update', { channel, ts, text: 'x', ...args })).toBe(error);
  });

  it('is told to apps as a change', async () => {
    const ts = await post();
    await client.chat.update({ channel, ts, text: 'new' });
    expect(slack.deliveries().at(-1)?.body.event).toMatchObject({
      subtype: 'message_changed',
      message: { ts, text: 'new' },
      previous_message: { text: 'hello' },
    });
  });
});

describe('other apps and people', () => {
  it('keep what they wrote', async () => {
    await using both = await startAgent();
    const second = both.install(agentManifest);
    const ts = await post({}, clientOf(both));
    const other = clientOf({ ...both, env: second.env });
    expect(await call('chat.update', { channel, ts, text: 'x' }, other)).toBe(
      'cant_update_message',
    );
    expect(await call('chat.delete', { channel, ts }, other)).toBe('cant_delete_message');
    const said = both.say('@dana', '#data', 'mine');
    expect(await call('chat.delete', { channel, ts: said }, other)).toBe('cant_delete_message');
  });
});

describe('a permalink', () => {
  it('leads to a message, and to a reply through its thread', async () => {
    const root = await post();
    const reply = await post({ thread_ts: root });
    const link = async (message_ts: string) =>
      (await client.chat.getPermalink({ channel, message_ts })).permalink;
    const path = (ts: string) =>
      `https://acme-goods.slack.com/archives/${channel}/p${ts.replace('.', '')}`;
    expect(await link(root)).toBe(path(root));
    expect(await link(reply)).toBe(`${path(reply)}?thread_ts=${root}&cid=${channel}`);
  });

  it('does not tell of private channels', async () => {
    const message_ts = slack.say('@dana', 'G0LEADERS', 'secret');
    const args = { channel: 'G0LEADERS', message_ts };
    expect(await call('chat.getPermalink', args)).toBe('channel_not_found');
  });
});

describe('an unfurl', () => {
  const url = 'https://shop.test/orders/7';

  it('shows what stands behind a link of the message', async () => {
    const ts = slack.say('@dana', '#data', `look: ${url}`);
    const unfurls = { [url]: { text: 'Order 7' } };
    const earlier = { [url]: { text: 'Order' } };
    for (const shown of [earlier, unfurls])
      await client.chat.unfurl({ channel, ts, unfurls: shown });
    expect(stored(ts)?.attachments).toMatchObject([{ text: 'Order 7', from_url: url }]);
  });

  it.each([
    ['another link', { 'https://else.test': { text: 'x' } }, 'cannot_unfurl_message'],
    ['a text', { [url]: 'x' }, 'cannot_parse_attachment'],
    ['a list', [], 'invalid_unfurls_format'],
    ['nothing', undefined, 'missing_unfurls'],
  ])('of %s is refused', async (_name, unfurls, error) => {
    const ts = slack.say('@dana', '#data', `look: ${url}`);
    expect(await call('chat.unfurl', { channel, ts, unfurls })).toBe(error);
  });

  it.each([
    ['without a channel', { channel: '' }, 'missing_channel'],
    ['without a ts', { ts: '' }, 'missing_ts'],
    ['where the app is not', { channel: 'C0RANDOM' }, 'cannot_find_channel'],
    ['of no message', { ts: '1.0' }, 'cannot_find_message'],
    [
      'with broken blocks',
      { unfurls: { [url]: { blocks: [{ type: 'odd' }] } } },
      'cannot_parse_attachment',
    ],
  ])('%s is refused', async (_name, args, error) => {
    const ts = slack.say('@dana', '#data', `look: ${url}`);
    const unfurls = { [url]: { text: 'Order 7' } };
    expect(await call('chat.unfurl', { channel, ts, unfurls, ...args })).toBe(error);
  });
});
