import { WebClient } from '@slack/web-api';
import type { Slack } from '../../../playground/slack/server.ts';

/** A connection without an SDK: what it got, and what it sends. */
export async function openSocket(slack: Slack, query = '') {
  const web = new WebClient(slack.env.SLACK_APP_TOKEN, { slackApiUrl: slack.env.SLACK_API_URL });
  const { url } = await web.apps.connections.open();
  const socket = new WebSocket(`${url}${query}`);
  const messages: Record<string, unknown>[] = [];
  const waiting = new Set<() => void>();
  socket.addEventListener('message', ({ data }) => {
    messages.push(JSON.parse(String(data)));
    for (const look of waiting) look();
  });
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  return {
    /** The first message of a type, there already or yet to come. */
    message: (type: string, reason?: string) =>
      new Promise<Record<string, unknown>>((resolve) => {
        const look = () => {
          const found = messages.find(
            (one) => one.type === type && (!reason || one.reason === reason),
          );
          if (found) resolve(found);
        };
        waiting.add(look);
        look();
      }),
    send: (message: string | object) =>
      socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    async [Symbol.asyncDispose]() {
      socket.close();
    },
  };
}
