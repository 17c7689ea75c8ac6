import type { WebClient } from '@slack/web-api';
import type { Directory } from '../agent/policy.ts';
import type { EarlierMessage } from '../agent/prompt.ts';
import { UpstreamError } from '../errors.ts';
import type { Question } from '../store/threads.ts';
import { toPlainText } from './slack-text.ts';

/** How many messages of a thread are read, the newest; their size is capped where they become a prompt. */
const most = 50;

/** Pages of 200 messages that are looked through to find a long thread's end. */
const maxPages = 5;

/** What was said in a question's thread since the message `seenUpTo`; without it, from the thread's beginning. */
export type ThreadHistory = (
  question: Question,
  seenUpTo: string | undefined,
) => Promise<EarlierMessage[]>;

/** Reads threads from Slack (`conversations.replies`). The bot's own messages are left out: the transcript has them. */
export function threadHistory(
  slack: WebClient,
  directory: Directory,
  botUserId: string,
): ThreadHistory {
  return async (question, seenUpTo) => {
    if (!question.inThread) return [];
    const replies = await repliesBetween(slack, question, seenUpTo).catch((cause: unknown) => {
      throw new UpstreamError('Slack', 'conversations.replies failed', { cause });
    });
    const recent = replies.filter(({ user }) => user !== botUserId).slice(-most);
    return Promise.all(
      recent.map(async ({ user, ts = '0', text = '' }) => ({
        name: user ? await nameOf(user, directory) : 'another app',
        text: toPlainText(text, botUserId),
        at: Number(ts) * 1000,
      })),
    );
  };
}

const nameOf = (user: string, directory: Directory) =>
  directory.person(user).then(
    ({ name }) => name,
    () => user,
  );

async function repliesBetween(slack: WebClient, question: Question, since: string | undefined) {
  const found = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const answer = await slack.conversations.replies({
      channel: question.channel,
      ts: question.thread ?? question.id,
      ...(since ? { oldest: since } : {}),
      latest: question.id,
      limit: 200,
      ...(cursor ? { cursor } : {}),
    });
    found.push(...(answer.messages ?? []));
    cursor = answer.response_metadata?.next_cursor;
    if (!cursor) break;
  }
  // The thread's first message comes along whatever the bounds are.
  return found.filter(
    ({ ts = '' }) => isBefore(ts, question.id) && (!since || isBefore(since, ts)),
  );
}

/** Message ids are times in seconds with six decimals. */
const isBefore = (a: string, b: string) => Number(a) < Number(b);
