import { type SlackOptions, startSlack } from '../../../playground/slack/server.ts';
import { startBolt } from './bolt-fixture.ts';

/** An agent with all that chat methods ask for. */
export const agentManifest = {
  features: {
    bot_user: { display_name: 'connector' },
    agent_view: {},
    slash_commands: [{ command: '/datasource', description: 'Data sources' }],
  },
  oauth_config: {
    scopes: {
      bot: [
        'app_mentions:read',
        'assistant:write',
        'channels:history',
        'chat:write',
        'commands',
        'files:write',
        'groups:history',
        'im:history',
        'im:write',
        'links:read',
        'links:write',
        'users:read',
      ],
    },
  },
  settings: {
    event_subscriptions: {
      bot_events: [
        'agent_session_stopped',
        'app_mention',
        'message.channels',
        'message.groups',
        'message.im',
      ],
    },
  },
};

type Manifest = typeof agentManifest;

/** The agent with more scopes. */
export const withScopes = (...more: string[]): Manifest => ({
  ...agentManifest,
  oauth_config: { scopes: { bot: [...agentManifest.oauth_config.scopes.bot, ...more] } },
});

const asAgent = { manifest: agentManifest, limits: { rates: false } };

/** A look-alike with the agent, on a free port; its rates are off, since most tests call more often than Slack likes. */
export const startAgent = (options: SlackOptions = {}) => startSlack({ ...asAgent, ...options });

/** The same with a real Bolt app. */
export const startBoltAgent = () => startBolt(asAgent);
