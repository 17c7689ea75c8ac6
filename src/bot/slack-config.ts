import { z } from 'zod';

const botToken = z
  .string()
  .startsWith('xoxb-', 'must begin with xoxb-')
  .describe("the bot token, from OAuth & Permissions in the app's settings");

const apiUrl = z
  .url({ protocol: /^https?$/ })
  .transform((url) => (url.endsWith('/') ? url : `${url}/`))
  .optional()
  .describe("only for a look-alike of Slack: where its Web API is; Slack's own when unset");

/** What a worker needs: it edits messages, and Slack delivers nothing to it. */
export const slackWorkerConfig = z.object({ SLACK_BOT_TOKEN: botToken, SLACK_API_URL: apiUrl });

/** What a bot needs. With both ways of delivery set, Socket Mode is used. */
export const slackBotConfig = z
  .object({
    SLACK_BOT_TOKEN: botToken,
    SLACK_API_URL: apiUrl,
    SLACK_APP_TOKEN: z
      .string()
      .startsWith('xapp-', 'must begin with xapp-')
      .optional()
      .describe(
        'for Socket Mode: the app-level token with connections:write, from Basic Information',
      ),
    SLACK_SIGNING_SECRET: z
      .string()
      .min(16, 'is too short')
      .optional()
      .describe('for HTTP delivery: the signing secret, from Basic Information'),
  })
  .refine((slack) => slack.SLACK_APP_TOKEN || slack.SLACK_SIGNING_SECRET, {
    path: ['SLACK_APP_TOKEN'],
    message: 'is missing; set it (Socket Mode) or SLACK_SIGNING_SECRET (HTTP delivery)',
    when: () => true, // so that it is listed together with the other faults
  });

export type SlackConfig = z.infer<typeof slackBotConfig>;
