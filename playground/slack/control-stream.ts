import type { ServerResponse } from 'node:http';
import type { Control } from './control.ts';
import type { Change } from './control-types.ts';
import type { Parts } from './parts.ts';
import { toPerson } from './references.ts';

const KEEP_ALIVE_MS = 15_000;
const MAX_UNREAD_BYTES = 8 * 1024 * 1024;

/** `GET /control/stream?user=U…`: everything that this person sees change, as server-sent events, until the page goes. */
export function sendChanges(
  { workspace }: Parts,
  control: Control,
  viewer: string,
  response: ServerResponse,
) {
  const me = toPerson(workspace, viewer).id;
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const tell = (change: Change) => {
    if (!concerns(control, me, change)) return;
    response.write(`data: ${JSON.stringify(change)}\n\n`);
    // A page that reads nothing any more must not fill the memory; it comes back by itself.
    if (response.writableLength > MAX_UNREAD_BYTES) response.destroy();
  };
  tell({ type: 'hello' });
  const stop = workspace.onChange(tell);
  const alive = setInterval(() => response.write(':\n\n'), KEEP_ALIVE_MS).unref();
  response.on('close', () => {
    stop();
    clearInterval(alive);
  });
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
    case 'channel':
      return control.sees(me, change.channel.id);
    case 'view':
      return change.view.user === me;
    case 'view-closed':
      return change.user === me;
    default:
      return true;
  }
}
