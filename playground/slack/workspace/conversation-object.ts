import type { Channel } from '../control-types.ts';
import type { InstalledApp } from './installed-app.ts';
import { partnerTeam, team } from './people.ts';
import type { Workspace } from './workspace.ts';

/** How Slack's API calls the kinds of conversations. */
export const apiTypes = {
  public: 'public_channel',
  private: 'private_channel',
  direct: 'im',
  group: 'mpim',
} as const;

/** Who is there in fact: deactivated people and uninstalled apps count for nothing. */
export const present = ({ people }: Workspace, { members }: Channel) =>
  members.filter((one) => people.get(one)?.deleted === false);

/** A channel as Slack's API gives it to an app. */
export function toConversation(
  workspace: Workspace,
  app: InstalledApp,
  channel: Channel,
): Record<string, unknown> {
  const { id, kind, members, external, created = 0 } = channel;
  const connected = external ? [partnerTeam.id] : [];
  return {
    id,
    created,
    updated: created * 1000,
    is_archived: channel.archived,
    is_im: kind === 'direct',
    is_mpim: kind === 'group',
    is_channel: kind === 'public',
    is_group: kind === 'private',
    is_private: kind !== 'public',
    is_shared: external,
    is_ext_shared: external,
    is_org_shared: false,
    is_pending_ext_shared: false,
    pending_shared: [],
    pending_connected_team_ids: [],
    context_team_id: team.id,
    shared_team_ids: [team.id, ...connected],
    ...(external && { connected_team_ids: connected, conversation_host_id: team.id }),
    ...(kind === 'direct'
      ? toDirect(
          workspace,
          members.find((one) => one !== app.user),
        )
      : toNamed(workspace, app, channel)),
  };
}

const toDirect = ({ people }: Workspace, user: string | undefined) => ({
  user,
  is_user_deleted: people.get(user ?? '')?.deleted ?? true,
  is_open: true,
  priority: 0,
});

function toNamed(workspace: Workspace, app: InstalledApp, channel: Channel) {
  const { creator = '', created = 0 } = channel;
  const name = channel.kind === 'group' ? groupName(workspace, channel) : channel.name;
  const noted = (value = '') => ({
    value,
    creator: value ? creator : '',
    last_set: value ? created : 0,
  });
  return {
    name,
    name_normalized: name,
    creator,
    unlinked: 0,
    is_general: name === 'general',
    is_member: channel.members.includes(app.user),
    topic: noted(channel.topic),
    purpose: noted(channel.purpose),
    previous_names: channel.previous_names ?? [],
  };
}

/** `mpdm-dana--luis--connector-1` */
const groupName = ({ people }: Workspace, { members }: Channel) =>
  `mpdm-${members.map((one) => people.get(one)?.name ?? one).join('--')}-1`;
