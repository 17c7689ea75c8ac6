import { type LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';
import { type Slack, type SlackOptions, startSlack } from '../../../playground/slack/server.ts';

/** Every scope that a method or event here asks for. */
const allScopes = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:join',
  'channels:manage',
  'channels:read',
  'chat:write',
  'chat:write.customize',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'groups:write',
  'im:history',
  'im:read',
  'im:write',
  'links:write',
  'mpim:history',
  'mpim:read',
  'mpim:write',
  'reactions:read',
  'reactions:write',
  'team:read',
  'usergroups:read',
  'usergroups:write',
  'users:read',
  'users:read.email',
  'users.profile:read',
];

/** An app that hears everything and has one command. */
export const appManifest = {
  display_information: { name: 'Connector' },
  features: {
    app_home: { home_tab_enabled: true },
    bot_user: { display_name: 'connector' },
    agent_view: {},
    slash_commands: [{ command: '/datasource', description: 'Data sources' }],
  },
  oauth_config: { scopes: { bot: allScopes } },
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

/** A look-alike on a free port, with that app; tests post faster than Slack allows, so rates are off unless asked for. */
export const start = ({ limits, ...options }: SlackOptions = {}) =>
  startSlack({ manifest: appManifest, limits: { rates: false, ...limits }, ...options });

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
