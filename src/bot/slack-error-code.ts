import { WebAPIPlatformError } from '@slack/web-api';

/** Slack's own word for what was wrong with a call, e.g. `channel_not_found`; nothing when there was no answer. */
export const slackErrorCode = (error: unknown): string | undefined =>
  error instanceof WebAPIPlatformError ? error.data.error : undefined;
