import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Channel, Person, State } from '../../../slack/control-types.ts';

/** Who and what a message can name, and who is looking. Changes rarely, so that edits redraw only what they touch. */
export interface Directory {
  me: Person | undefined;
  app: State['app'];
  people: Map<string, Person>;
  channels: Map<string, Channel>;
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
  const { me, app, people, channels } = state;
  const directory = useMemo(() => {
    const byId = new Map(people.map((person) => [person.id, person]));
    return {
      me: byId.get(me),
      app,
      people: byId,
      channels: new Map(channels.map((channel) => [channel.id, channel])),
      timeZone: byId.get(me)?.tz ?? 'UTC',
    };
  }, [me, app, people, channels]);
  return <DirectoryContext value={directory}>{children}</DirectoryContext>;
}

/** The name people read: the full one, as a workspace that prefers full names shows it, else the handle. */
export function nameOf(person: Person | undefined): string {
  if (!person) return 'Somebody';
  return person.real_name || person.profile.display_name || person.name || person.id;
}

/** A channel's name as this person sees it: `#data`, or in a DM the name of the other. */
export function channelTitle(channel: Channel, app: State['app']): string {
  return channel.kind === 'direct' ? app.name : channel.name;
}
