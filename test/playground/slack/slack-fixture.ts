import { type LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';
import { type Slack, type SlackOptions, startSlack } from '../../../playground/slack/server.ts';

/** An app that hears everything and has one command. */
export const appManifest = {
  features: {
    bot_user: { display_name: 'connector' },
    agent_view: {},
    slash_commands: [{ command: '/datasource', description: 'Data sources' }],
  },
  oauth_config: { scopes: { bot: ['chat:write', 'users:read'] } },
  settings: {
    event_subscriptions: {
      bot_events: [
        'app_mention',
        'message.channels',
        'message.groups',
        'message.im',
        'app_home_opened',
        'member_joined_channel',
        'reaction_added',
      ],
    },
  },
};

/** A look-alike on a free port, with that app. */
export const start = (options: SlackOptions = {}) =>
  startSlack({ manifest: appManifest, ...options });

/** The real client, without retries, so that a test sees the first answer. */
export const clientOf = (slack: Slack, options: WebClientOptions = {}) =>
  new WebClient(slack.env.SLACK_BOT_TOKEN, {
    slackApiUrl: slack.env.SLACK_API_URL,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quiet,
    ...options,
  });

/** A logger for the SDKs that says nothing: many tests make them complain. */
export const quiet = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => 'error' as LogLevel,
  setName() {},
};

/** Slack's word for why a call was refused. */
export const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'not refused',
    (error: { data?: { error?: string } }) => error.data?.error ?? String(error),
  );
