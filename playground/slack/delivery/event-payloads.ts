import { randomUUID } from 'node:crypto';
import { unixSeconds } from '../clock.ts';
import type { Channel, Message, Person } from '../control-types.ts';
import { toFileStub } from '../files/file-shares.ts';
import { freshId } from '../identifiers.ts';
import { toApiMessage } from '../messages/message-object.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';
import { team } from '../workspace/people.ts';

/** How events call the kinds of conversations. */
export const channelTypes = {
  public: 'channel',
  private: 'group',
  direct: 'im',
  group: 'mpim',
} as const;

/** A posted message as its `message` event; `root` only of a reply that is shown in the channel, too. */
export const messageEvent = (channel: Channel, message: Message, root?: Message) => ({
  ...toApiMessage(message, { metadata: false }),
  ...(root && { root: toApiMessage(root, { metadata: false }) }),
  channel: message.channel,
  event_ts: message.ts,
  channel_type: channelTypes[channel.kind],
});

/** A posted message as the `app_mention` event of the app that it mentions. */
export function mentionEvent(message: Message): Record<string, unknown> {
  const { subtype: _, ...rest } = toApiMessage(message, { metadata: false });
  return { ...rest, type: 'app_mention', channel: message.channel, event_ts: message.ts };
}

/** What the events of a message say more when somebody from another organisation wrote it. */
export const foreignFields = ({ team_id, name, profile, ...author }: Person, message: Message) => ({
  user_team: team_id,
  source_team: team_id,
  user_profile: {
    name,
    first_name: profile.real_name.split(' ')[0] ?? '',
    real_name: profile.real_name,
    display_name: profile.display_name,
    team: team_id,
    is_restricted: author.is_restricted,
    is_ultra_restricted: false,
  },
  ...(message.files && { files: message.files.map(toFileStub) }),
});

/** An event in what every app gets it in. `external`: from a channel shared with another organisation. */
export const envelope = (app: InstalledApp, external: boolean, event: Record<string, unknown>) => ({
  token: 'playground',
  team_id: team.id,
  context_team_id: team.id,
  context_enterprise_id: null,
  api_app_id: app.id,
  event,
  type: 'event_callback',
  event_id: freshId('Ev'),
  event_time: unixSeconds(),
  authorizations: [
    {
      enterprise_id: null,
      team_id: team.id,
      user_id: app.user,
      is_bot: true,
      is_enterprise_install: false,
    },
  ],
  is_ext_shared_channel: external,
  event_context: `4-${randomUUID()}`,
});
