import { useEffect, useRef, useState } from 'react';
import type { Message } from '../../../slack/control-types.ts';

/**
 * The `ts` of the first message that was new when the person opened the conversation, or came back to the page.
 *
 * `readUpTo` moves on as soon as the conversation shows; this stays, so that one sees where the new begins. What comes
 * while somebody looks is not new to them. Mount it anew for another conversation.
 */
export function useFirstNew(
  messages: Message[],
  me: string,
  readUpTo: string | undefined,
): string | undefined {
  const [first, setFirst] = useState(() => firstNew(messages, me, readUpTo));
  const latest = useRef({ messages, readUpTo });
  useEffect(() => {
    latest.current = { messages, readUpTo };
  });
  useEffect(() => {
    let readBefore: string | undefined;
    const onVisibility = () => {
      if (document.hidden) readBefore = latest.current.readUpTo;
      else setFirst(firstNew(latest.current.messages, me, readBefore));
    };
    document.addEventListener('visibilitychange', onVisibility);
    return () => document.removeEventListener('visibilitychange', onVisibility);
  }, [me]);
  return first;
}

/** The first message by somebody else after `readUpTo`. Where nothing was read before, nothing is new. */
export function firstNew(
  messages: Message[],
  me: string,
  readUpTo: string | undefined,
): string | undefined {
  if (readUpTo === undefined) return undefined;
  return messages.find(({ ts, user }) => ts > readUpTo && user !== me)?.ts;
}
