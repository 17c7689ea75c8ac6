/** Where a person is: who they are, the open channel, the open thread's `ts`. The URL's hash holds it, so it survives a reload. */
export interface Place {
  me?: string;
  channel?: string;
  thread?: string;
}

/** Reads a hash such as `#me=U1&channel=C1&thread=1700000000.000100`; what is missing or malformed is left out. */
export function toPlace(hash: string): Place {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const place: Place = {};
  const me = fields.get('me');
  const channel = fields.get('channel');
  const thread = fields.get('thread');
  if (me && /^[UW]\w+$/.test(me)) place.me = me;
  if (channel && /^[CDG]\w+$/.test(channel)) place.channel = channel;
  if (thread && /^\d+\.\d+$/.test(thread)) place.thread = thread;
  return place;
}

/** The hash that `toPlace` reads back. */
export function toHash(place: Place): string {
  return `#${new URLSearchParams({ ...place })}`;
}
