/** What stands in a DM with an app in place of its messages. */
export type Tab = 'home' | 'about';

/**
 * Where a person is: who they are, the open channel, the open thread's `ts`, the tab of an app's DM, and whether the
 * inspector is open. The URL's hash holds it, so it survives a reload.
 */
export interface Place {
  me?: string;
  channel?: string;
  thread?: string;
  /** Absent on Messages. */
  tab?: Tab;
  inspector?: 'open';
}

/** Reads a hash such as `#me=U1&channel=C1&thread=1700000000.000100`; what is missing or malformed is left out. */
export function toPlace(hash: string): Place {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const place: Place = {};
  const me = fields.get('me');
  const channel = fields.get('channel');
  const thread = fields.get('thread');
  const tab = fields.get('tab');
  if (me && /^[UW]\w+$/.test(me)) place.me = me;
  if (channel && /^[CDG]\w+$/.test(channel)) place.channel = channel;
  if (thread && /^\d+\.\d+$/.test(thread)) place.thread = thread;
  if (tab === 'home' || tab === 'about') place.tab = tab;
  if (fields.get('inspector') === 'open') place.inspector = 'open';
  return place;
}

/** The hash that `toPlace` reads back. */
export function toHash(place: Place): string {
  return `#${new URLSearchParams({ ...place })}`;
}

/** The same place with the inspector closed, or opened. */
export function toggledInspector({ inspector, ...place }: Place): Place {
  return inspector ? place : { ...place, inspector: 'open' };
}
