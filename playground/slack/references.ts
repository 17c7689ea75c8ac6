import type { Channel, Person } from './control-types.ts';
import { Refusal } from './refusal.ts';
import type { Workspace } from './workspace.ts';

/** A person by id, `@name` or `name`. @throws Refusal `user_not_found`. */
export function toPerson({ people }: Workspace, reference: string): Person {
  const name = reference.replace(/^@/, '');
  const found = people.get(name) ?? [...people.values()].find((one) => one.name === name);
  if (!found) throw new Refusal('user_not_found', [`there is no ${reference}`]);
  return found;
}

/**
 * A channel by id, `#name`, `@name` (that person's DM with the app), or `dm` (the viewer's own).
 *
 * @throws Refusal `channel_not_found`, `user_not_found`.
 */
export function toChannel(workspace: Workspace, reference: string, viewer?: Person): Channel {
  if (reference.startsWith('@')) return workspace.directChannel(toPerson(workspace, reference).id);
  if (reference === 'dm' && viewer) return workspace.directChannel(viewer.id);
  const name = reference.replace(/^#/, '');
  const found =
    workspace.channels.get(name) ??
    [...workspace.channels.values()].find((one) => one.kind !== 'direct' && one.name === name);
  if (!found) throw new Refusal('channel_not_found', [`there is no ${reference}`]);
  return found;
}
