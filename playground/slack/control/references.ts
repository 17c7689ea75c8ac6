import type { Channel, Person } from '../control-types.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** A person by id, `@name` or `name`. @throws Refusal `user_not_found`. */
export function toPerson({ people }: Workspace, reference: string): Person {
  const name = reference.replace(/^@/, '');
  const found = people.get(name) ?? [...people.values()].find((one) => one.name === name);
  if (!found) throw new Refusal('user_not_found', [`there is no ${reference}`]);
  return found;
}

/**
 * A channel by id, `#name`, `@name` (that person's DM with the first app, or the viewer's with that app), or `dm` (the
 * viewer's own with the first).
 *
 * @throws Refusal `channel_not_found`, `user_not_found`.
 */
export function toChannel(
  { workspace, apps }: Pick<Parts, 'workspace' | 'apps'>,
  reference: string,
  viewer?: Person,
): Channel {
  if (viewer && reference === 'dm') return workspace.directChannel(viewer.id, apps.first.user);
  if (reference.startsWith('@')) {
    const { id } = toPerson(workspace, reference);
    if (!apps.byUser(id)) return workspace.directChannel(id, apps.first.user);
    if (viewer && viewer.id !== id) return workspace.directChannel(viewer.id, id);
  }
  const name = reference.replace(/^#/, '');
  const found =
    workspace.channels.get(name) ??
    [...workspace.channels.values()].find((one) => one.name !== '' && one.name === name);
  if (!found) throw new Refusal('channel_not_found', [`there is no ${reference}`]);
  return found;
}
