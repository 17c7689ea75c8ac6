import type { Args } from '../args.ts';
import type { Channel } from '../control-types.ts';
import { hasScope } from '../limits/scopes.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';

/**
 * The channel that an app wants to write to: an id, a person's id for their DM, or a name with or without `#`.
 *
 * @throws Refusal `channel_not_found`, `not_in_channel`, `is_archived`, `messages_tab_disabled`.
 */
export function writableChannel(
  parts: Parts,
  args: Args,
  app: InstalledApp,
  { publicToo = false }: { publicToo?: boolean } = {},
): Channel {
  const { workspace } = parts;
  const named = find(workspace, args.text('channel') ?? '', app);
  // With this scope an app may write to public channels that it is not in.
  const open = publicToo && named?.kind === 'public' && hasScope(parts, app, 'chat:write.public');
  const channel = named && open ? named : workspace.channelOfApp(app, named?.id);
  if (channel.archived) throw new Refusal('is_archived');
  if (channel.kind === 'direct' && !app.manifest.showsMessages)
    throw new Refusal('messages_tab_disabled');
  return channel;
}

function find(workspace: Parts['workspace'], name: string, app: InstalledApp): Channel | undefined {
  const known = workspace.channels.get(name);
  if (known) return known;
  const person = workspace.people.get(name);
  // A guess: no app writes to itself or to other bots.
  if (person) return person.is_bot ? undefined : workspace.directChannel(person.id, app.user);
  const bare = name.replace(/^#/, '');
  return [...workspace.channels.values()].find((one) => one.name !== '' && one.name === bare);
}
