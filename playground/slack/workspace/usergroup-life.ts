import { unixSeconds } from '../clock.ts';
import type { Usergroup } from '../control-types.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import { team } from './people.ts';
import type { Workspace } from './workspace.ts';

const MAX_NAME = 80;
const MAX_DESCRIPTION = 140;

export type UsergroupFields = Partial<
  Pick<Usergroup, 'name' | 'handle' | 'description' | 'channels'>
>;

/** Makes a user group that nobody is in yet. Apps hear `subteam_created`. @throws Refusal `name_already_exists`, `handle_already_exists`, … */
export function createUsergroup(parts: Parts, by: string, fields: UsergroupFields): Usergroup {
  const { workspace, announcer } = parts;
  if (!fields.name) throw new Refusal('missing_subteam_name');
  const handle = fields.handle || fields.name.toLowerCase().replace(/[^a-z0-9._-]+/g, '-');
  const now = unixSeconds();
  const created = {
    id: freshId(workspace, handle),
    description: '',
    users: [],
    channels: [],
    created_by: by,
    updated_by: by,
    date_create: now,
    date_update: now,
    date_delete: 0,
    ...checked(workspace, { ...fields, name: fields.name, handle }),
  };
  workspace.putUsergroup(created);
  announcer.toAll({ type: 'subteam_created', subteam: toSubteam(created) });
  return created;
}

/** Changes what a group is called. Apps hear `subteam_updated`. @throws Refusal `name_already_exists`, `handle_already_exists`, … */
export function updateUsergroup(
  parts: Parts,
  by: string,
  group: Usergroup,
  fields: UsergroupFields & Partial<Pick<Usergroup, 'date_delete'>>,
): Usergroup {
  const { workspace, announcer } = parts;
  const changes = checked(workspace, fields, group);
  const updated = { ...group, ...changes, updated_by: by, date_update: unixSeconds() };
  workspace.putUsergroup(updated);
  announcer.toAll({ type: 'subteam_updated', subteam: toSubteam(updated) });
  return updated;
}

/** Who is in it from now on. Apps hear `subteam_members_changed`, and those who came or went `subteam_self_…`. @throws Refusal `invalid_users`. */
export function setUsergroupUsers(
  parts: Parts,
  by: string,
  group: Usergroup,
  users: string[],
): Usergroup {
  const { workspace, announcer, apps } = parts;
  if (!users.every((id) => workspace.people.get(id)?.deleted === false))
    throw new Refusal('invalid_users');
  const { id: subteam_id, date_update: date_previous_update } = group;
  const updated = { ...group, users, updated_by: by, date_update: unixSeconds() };
  workspace.putUsergroup(updated);
  const added_users = users.filter((id) => !group.users.includes(id));
  const removed_users = group.users.filter((id) => !users.includes(id));
  announcer.toAll({
    type: 'subteam_members_changed',
    subteam_id,
    team_id: team.id,
    date_previous_update,
    date_update: updated.date_update,
    added_users,
    added_users_count: added_users.length,
    removed_users,
    removed_users_count: removed_users.length,
  });
  for (const app of apps.list()) {
    if (added_users.includes(app.user))
      announcer.toApp(app, { type: 'subteam_self_added', subteam_id });
    if (removed_users.includes(app.user))
      announcer.toApp(app, { type: 'subteam_self_removed', subteam_id });
  }
  return updated;
}

/** A user group as Slack's API and events give it. */
export const toSubteam = ({ channels, ...group }: Usergroup): Record<string, unknown> => ({
  ...group,
  team_id: team.id,
  is_usergroup: true,
  is_subteam: true,
  is_external: false,
  auto_provision: false,
  enterprise_subteam_id: '',
  ...(group.date_delete > 0 && { deleted_by: group.updated_by }),
  prefs: { channels, groups: [] },
  user_count: group.users.length,
  channel_count: channels.length,
});

/** The fields, if no other group, person or channel is called so. */
function checked<T extends UsergroupFields>(workspace: Workspace, fields: T, own?: Usergroup): T {
  const { name, handle, description = '', channels = [] } = fields;
  const others = [...workspace.usergroups.values()].filter(({ id }) => id !== own?.id);
  if (name !== undefined && [...name].length > MAX_NAME) throw new Refusal('name_too_long');
  if (name !== undefined && others.some((one) => one.name === name))
    throw new Refusal('name_already_exists');
  if (handle !== undefined && !/^[a-z0-9._-]{1,80}$/.test(handle)) throw new Refusal('bad_handle');
  if (handle !== undefined && isTaken(workspace, others, handle))
    throw new Refusal('handle_already_exists');
  if ([...description].length > MAX_DESCRIPTION) throw new Refusal('description_too_long');
  if (!channels.every((id) => workspace.channels.has(id)))
    throw new Refusal('invalid_channel_provided');
  return fields;
}

const isTaken = ({ people, channels }: Workspace, others: Usergroup[], handle: string) =>
  ['here', 'channel', 'everyone'].includes(handle) ||
  others.some((one) => one.handle === handle) ||
  [...people.values(), ...channels.values()].some(({ name }) => name === handle);

/** Readable in tests and the same in every run: `@analysts` is `S0ANALYSTS`. */
function freshId({ usergroups }: Workspace, handle: string): string {
  const base = `S0${
    handle
      .replace(/[^a-z0-9]/g, '')
      .toUpperCase()
      .slice(0, 20) || 'GROUP'
  }`;
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}${number}`;
    if (!usergroups.has(id)) return id;
  }
}
