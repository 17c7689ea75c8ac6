import type { ServerResponse } from 'node:http';
import type { Change } from '../control-types.ts';
import type { Parts } from '../parts.ts';
import type { Control } from './control.ts';
import { openEventStream } from './event-stream.ts';
import { toPerson } from './references.ts';
import { watchChannels } from './seen-channels.ts';

/**
 * `GET /control/stream?user=U…`: everything that this person sees change, as server-sent events, until the page goes. Without
 * `user`, for programs: everything, whoever sees it.
 */
export function sendChanges(
  { workspace, streams }: Parts,
  control: Control,
  viewer: string,
  response: ServerResponse,
) {
  const me = viewer === '' ? undefined : toPerson(workspace, viewer).id;
  const sees = (channel: string) => me !== undefined && control.sees(me, channel);
  const channelsOf = watchChannels(workspace, me ?? '', sees);
  const stream = openEventStream(response);
  const tell = (change: Change) => {
    if (me === undefined) return stream.send(change);
    for (const one of channelsOf(change)) stream.send(one);
    if (!concerns(control, me, change)) return;
    const isMessage = change.type === 'message';
    stream.send(isMessage ? { ...change, message: streams.seenBy(change.message, me) } : change);
  };
  tell({ type: 'hello' });
  stream.onClose(workspace.onChange(tell));
}

function concerns(control: Control, me: string, change: Change): boolean {
  switch (change.type) {
    case 'message': {
      const { ephemeral_to, channel: id } = change.message;
      return ephemeral_to ? ephemeral_to === me : control.sees(me, id);
    }
    case 'message-deleted':
      return control.sees(me, change.channel);
    case 'status':
      return control.sees(me, change.status.channel);
    case 'prompts':
      return control.sees(me, change.prompts.channel);
    case 'channel':
    case 'channel-gone':
      // Told as what they mean for this person.
      return false;
    case 'view':
      return change.view.user === me;
    case 'view-closed':
      return change.user === me;
    default:
      return true;
  }
}
