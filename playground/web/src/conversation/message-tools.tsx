import type { Message } from '../../../slack/control-types.ts';
import { control } from '../workspace/control.ts';
import { useDirectory } from '../workspace/directory.tsx';

/** The small bar that comes up on a message under the pointer or the focus. */
export function MessageTools({
  message,
  onOpenThread,
}: {
  message: Message;
  onOpenThread: ((ts: string) => void) | undefined;
}) {
  const { me } = useDirectory();
  const { channel, ts } = message;
  const mine = message.user === me?.id;
  if (message.ephemeral_to || !(mine || onOpenThread)) return null;
  return (
    <div className="message-tools">
      {onOpenThread && (
        <button
          type="button"
          title="Reply in thread"
          aria-label="Reply in thread"
          onClick={() => onOpenThread(message.thread_ts ?? ts)}
        >
          <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
            <path d="M3 5.500h14v8.500H9.500L6 17v-3H3zM6.5 8.500h7M6.5 11h4.5" />
          </svg>
        </button>
      )}
      {mine && (
        <button
          type="button"
          title="Delete message"
          aria-label="Delete message"
          onClick={() => control.remove({ user: message.user, channel, ts })}
        >
          <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
            <path d="M4 6h12M8 6V4h4v2M5.5 6l.8 10.500h7.400L14.5 6M8.5 9v4.500M11.5 9v4.5" />
          </svg>
        </button>
      )}
    </div>
  );
}
