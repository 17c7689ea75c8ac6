import { setTimeout } from 'node:timers/promises';
import { WebAPIPlatformError, WebClient, type WebClientOptions } from '@slack/web-api';
import { StartError } from '../errors.ts';

/** Who the app is in its workspace. */
export interface SlackIdentity {
  teamId: string;
  /** The bot's user id, which mentions hold. */
  userId: string;
  botId: string;
  /** The workspace's address, e.g. `https://acme.slack.com/`. */
  url: string;
}

/**
 * Asks Slack once who we are; afterwards it is a constant.
 *
 * @throws StartError when Slack refuses the token, or cannot be reached in five tries (about 8 s).
 */
export async function slackIdentity(
  botToken: string,
  options: WebClientOptions,
): Promise<SlackIdentity> {
  const slack = new WebClient(botToken, {
    ...options,
    retryConfig: { retries: 0 },
    timeout: 10_000,
  });
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { team_id = '', user_id = '', bot_id = '', url = '' } = await slack.auth.test();
      return { teamId: team_id, userId: user_id, botId: bot_id, url };
    } catch (cause) {
      if (cause instanceof WebAPIPlatformError)
        throw new StartError(
          `Slack refuses SLACK_BOT_TOKEN (${cause.data.error}). It is the bot token (xoxb-…); see OAuth & Permissions in the app's settings.`,
          { cause },
        );
      if (attempt === 5)
        throw new StartError(
          'Slack cannot be reached. Check the network, and SLACK_API_URL if it is set.',
          { cause },
        );
      await setTimeout(500 * 2 ** (attempt - 1));
    }
  }
}
