import { useEffect } from 'react';
import type { State } from '../../../slack/control-types.ts';
import { conversationKey } from './read-marks.ts';
import { useVisible } from './use-visible.ts';
import type { Whereabouts } from './whereabouts.ts';

/** Marks as read what is shown while somebody can see the page: the open channel's messages, and the open thread's. */
export function useReading(
  { messages }: State,
  { channel, thread, tab }: Whereabouts,
  read: (conversation: string, ts: string) => void,
): void {
  const visible = useVisible();
  const id = channel?.id;
  const latest = id === undefined ? undefined : messages[id]?.at(-1)?.ts;
  useEffect(() => {
    if (!visible || !id || !latest || tab) return;
    read(id, latest);
    if (thread) read(conversationKey(id, thread), latest);
  }, [visible, id, thread, latest, tab, read]);
}
