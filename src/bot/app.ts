import { App } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Log } from '../log.ts';
import { type DatasourceParts, onDatasource } from './commands/datasource.ts';
import { onAppHomeOpened } from './events/app-home-opened.ts';
import { type MessageParts, onMessage } from './events/message.ts';
import type { SlackReceiver } from './receivers.ts';
import { toSlackLogger } from './slack-logger.ts';

interface BotParts extends Pick<MessageParts, 'threads'>, DatasourceParts {
  receiver: SlackReceiver;
  slack: { botToken: string; botId: string; userId: string; teamId: string };
  clientOptions: WebClientOptions;
  log: Log;
}

/** The Slack app: everything it listens to, on one screen. */
export function createBot({ receiver, slack, clientOptions, log, ...parts }: BotParts): App {
  const app = new App({
    receiver,
    // Known since the start: a look-up here could fail, and Bolt would ack an event that nobody handled.
    authorize: async () => ({ ...slack, botUserId: slack.userId }),
    clientOptions,
    logger: toSlackLogger(log),
    convoStore: false,
  });

  const onQuestion = onMessage({ ...parts, bot: slack });
  app.event('app_mention', onQuestion);
  app.event('message', onQuestion);
  app.event('app_home_opened', onAppHomeOpened({ ...parts, log }));
  app.command('/datasource', onDatasource({ ...parts, log }));

  app.error(async (error) => {
    throw error; // to the receiver, which then does not ack; swallowed here, a failure would look like success
  });
  return app;
}
