import type { Slack } from '../../../playground/slack/server.ts';
import { appManifest } from './slack-fixture.ts';

const messages = ['message.channels', 'message.groups', 'message.im', 'message.mpim'];
const channels = ['archive', 'created', 'deleted', 'left', 'rename', 'unarchive'];
const groups = ['archive', 'deleted', 'left', 'rename', 'unarchive'];
const subteams = ['created', 'updated', 'members_changed', 'self_added', 'self_removed'];

/** An app under a name that hears of everything that happens in a workspace. */
export const attentive = (display_name = 'connector', without: string[] = []) => ({
  ...appManifest,
  features: { bot_user: { display_name } },
  settings: {
    event_subscriptions: {
      bot_events: [
        ...messages,
        ...channels.map((what) => `channel_${what}`),
        ...groups.map((what) => `group_${what}`),
        ...subteams.map((what) => `subteam_${what}`),
        'app_home_opened',
        'app_mention',
        'app_uninstalled',
        'channel_shared',
        'channel_unshared',
        'member_joined_channel',
        'member_left_channel',
        'reaction_added',
        'reaction_removed',
        'team_join',
        'tokens_revoked',
        'user_change',
      ].filter((event) => !without.includes(event)),
    },
  },
});

/** The events that an app was sent, oldest first. */
export const heardBy = (slack: Slack, app_id = 'A0CONNECTOR') =>
  slack
    .deliveries()
    .filter((one) => one.kind === 'event' && one.app_id === app_id)
    .map(({ body }) => body.event as Record<string, unknown> & { type: string });

/** The events of an app as `type` or `subtype`. */
export const namesHeardBy = (slack: Slack, app_id?: string) =>
  heardBy(slack, app_id).map(({ type, subtype }) => String(subtype ?? type));

/** The last event of a type. */
export const eventOf = (slack: Slack, type: string, app_id?: string) =>
  heardBy(slack, app_id).findLast((one) => one.type === type);

/** The last message event with a subtype. */
export const noticeOf = (slack: Slack, subtype: string, app_id?: string) =>
  heardBy(slack, app_id).findLast((one) => one.subtype === subtype);
