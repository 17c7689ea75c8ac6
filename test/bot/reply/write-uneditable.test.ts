import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { log } from '../../../src/log.ts';
import { fakeSlack } from './fake-slack.ts';
import { pass, refused, startReply } from './start-reply.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 });
  log.level = 'silent';
});
afterEach(() => void vi.useRealTimers());

const uneditable = refused('gone', 'cant_update_message');
const tell = async (say: (words: string) => void, words: string[]) => {
  for (const word of words) {
    say(word);
    await pass(2_000);
  }
};

it('shows the answer where nothing can be edited: once, and what is stale goes', async () => {
  const slack = fakeSlack();
  slack.fail('update', uneditable, 9_999);
  const { say, end, saved } = startReply({ slack });
  await tell(say, ['Seven', ' orders', ' and', ' more']);
  expect(slack.made('post').length).toBeLessThanOrEqual(2); // the placeholder, and one more chance
  expect(slack.made('update').length).toBeLessThanOrEqual(2);
  expect(slack.made('remove')).toEqual([]);
  say(' to come.');
  const done = end();
  await pass(5_000);
  await done;
  expect(slack.texts()).toEqual(['Seven orders and more to come.']);
  expect(slack.made('post')).toHaveLength(3);
  expect(saved.at(-1)).toBe('0 posted 3.000');
});

it('posts the answer anew where every edit is refused for reasons that nobody knows', async () => {
  const slack = fakeSlack();
  slack.fail('update', refused('other', 'a_new_error'), 9_999);
  const { say, end } = startReply({ slack });
  await tell(say, ['Seven', ' orders']);
  const done = end();
  await pass(180_000);
  await done;
  expect(slack.texts()).toEqual(['Seven orders']);
});

it('edits the message that is there when edits work again at the end', async () => {
  const { slack, say, end } = startReply();
  await pass(200);
  slack.fail('update', uneditable, 2);
  await tell(say, ['Seven', ' orders', ' and', ' more']);
  const done = end();
  await pass(5_000);
  await done;
  expect(slack.texts()).toEqual(['Seven orders and more']);
  expect(slack.made('post')).toHaveLength(2);
});

it.each([
  refused('gone', 'cant_delete_message'),
  refused('ambiguous', 'http_503'),
  refused('other'),
])('leaves what is stale when Slack does not delete it ($code)', async (refusal) => {
  const slack = fakeSlack();
  slack.fail('update', uneditable, 9_999);
  slack.fail('remove', refusal, 9_999);
  const { say, end } = startReply({ slack });
  await pass(200);
  await tell(say, ['Seven', ' orders']);
  const done = end();
  await pass(2_000);
  await done;
  expect(slack.texts()).toEqual(['Thinking…', 'Seven', 'Seven orders']);
  expect(slack.made('remove')).toHaveLength(2);
});

it('gives up when the new message is refused as well', async () => {
  const { slack, say, end } = startReply();
  await pass(200);
  slack.fail('update', uneditable, 9_999);
  slack.fail('post', refused('closed', 'not_in_channel'), 9_999);
  await tell(say, ['Seven', ' orders']);
  const done = end();
  await pass(2_000);
  await expect(done).rejects.toThrow('undeliverable: not_in_channel');
  expect(slack.texts()).toEqual(['Thinking…']);
});

it('goes plainer there too, and nothing is there twice', async () => {
  const { slack, say, end } = startReply({ markdown: 100 });
  await pass(200);
  slack.fail('update', uneditable, 9_999);
  const words = Array.from({ length: 20 }, (_, index) => `paragraph${index}`).join('\n\n');
  await tell(say, ['one', '\n\ntwo\n\n']);
  say(words);
  const done = end();
  await pass(150); // the first message of the end is posted next
  slack.fail('post', refused('blocks-refused', 'invalid_blocks'));
  await pass(5_000);
  await done;
  expect(slack.texts().join('\n\n')).toBe(`one\n\ntwo\n\n${words}`);
  expect([...slack.messages.values()][0]?.message.blocks[0]?.type).toBe('section');
});

it('does not post the answer again and again when a part of it is refused', async () => {
  const slack = fakeSlack();
  slack.fail('update', uneditable, 9_999);
  const { say, end } = startReply({ slack, markdown: 100 });
  await pass(200);
  await tell(say, ['one', '\n\ntwo\n\n']);
  const post = slack.client.post;
  slack.client.post = (place, message, mark) => {
    if (mark.position > 0) slack.fail('post', refused('other', 'purple_monday'));
    return post(place, message, mark);
  };
  say('paragraph\n\n'.repeat(2_000));
  const done = end();
  await pass(600_000);
  await expect(done).rejects.toThrow('undeliverable');
  expect(slack.messages.size).toBeLessThanOrEqual(6);
});

it('keeps the order when a message before others is posted anew', async () => {
  const { slack, reply, say, end } = startReply({ markdown: 100 });
  const words = (mark: string) =>
    Array.from({ length: 20 }, (_, index) => `${mark}${index}`.padEnd(12, '.')).join('\n\n');
  say(words('old'));
  await pass(10_000);
  const before = slack.messages.size;
  slack.messages.delete('1.000');
  reply.emit({ type: 'step-restarted', step: 1, reason: 'cut' });
  say(words('new'));
  const done = end();
  await pass(10_000);
  await done;
  expect(slack.texts().join('\n\n')).toBe(words('new'));
  expect(slack.messages.size).toBe(before);
});

it('does not post a message again that was posted anew after a takeover', async () => {
  const slack = fakeSlack();
  const ts = slack.leave('run-1', 0, 'half an ans');
  slack.fail('update', uneditable, 9_999);
  const since = Date.now() - 20_000;
  const { say, end } = startReply({ slack, parts: [[0, { state: 'posted', ts, since }]] });
  say('Seven.');
  const done = end();
  await pass(30_000);
  await done;
  expect(slack.texts()).toEqual(['Seven.']);
  expect(slack.made('post')).toHaveLength(1);
});
