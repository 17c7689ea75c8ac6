import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { AppInfo, Channel, Person, State, Usergroup } from '../../../slack/control-types.ts';

/** Who and what a message can name, and who is looking. Changes rarely, so that edits redraw only what they touch. */
export interface Directory {
  me: Person | undefined;
  /** In the order in which they were installed. */
  apps: AppInfo[];
  people: Map<string, Person>;
  channels: Map<string, Channel>;
  usergroups: Map<string, Usergroup>;
  /** IANA name of the looking person's time zone. */
  timeZone: string;
}

const DirectoryContext = createContext<Directory | undefined>(undefined);

/** The directory. Throws outside of its provider. */
export function useDirectory(): Directory {
  const directory = useContext(DirectoryContext);
  if (!directory) throw new Error('Only within a DirectoryProvider.');
  return directory;
}

/** Gives the directory to everything inside. */
export function DirectoryProvider({ state, children }: { state: State; children: ReactNode }) {
  const { me, apps, people, channels, usergroups } = state;
  const directory = useMemo(() => {
    const byId = new Map(people.map((person) => [person.id, person]));
    return {
      me: byId.get(me),
      apps,
      people: byId,
      channels: new Map(channels.map((channel) => [channel.id, channel])),
      usergroups: new Map(usergroups?.map((group) => [group.id, group])),
      timeZone: byId.get(me)?.tz ?? 'UTC',
    };
  }, [me, apps, people, channels, usergroups]);
  return <DirectoryContext value={directory}>{children}</DirectoryContext>;
}

/** The name people read: the full one, as a workspace that prefers full names shows it, else the handle. */
export function nameOf(person: Person | undefined): string {
  if (!person) return 'Somebody';
  return person.real_name || person.profile.display_name || person.name || person.id;
}

/** A channel's name as this person sees it: `data`, or in a DM the names of the others. */
export function channelTitle(
  channel: Channel,
  { me, people }: Pick<Directory, 'me' | 'people'>,
): string {
  if (channel.kind !== 'direct' && channel.kind !== 'group') return channel.name;
  const others = channel.members.filter((id) => id !== me?.id);
  return (others.length ? others : channel.members).map((id) => nameOf(people.get(id))).join(', ');
}

/** The app behind a DM, when there is one: its DM has the tabs Home and Messages. */
export function appOfDirect(channel: Channel, apps: AppInfo[]): AppInfo | undefined {
  if (channel.kind !== 'direct') return undefined;
  return apps.find(({ user }) => channel.members.includes(user));
}
