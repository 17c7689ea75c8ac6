import type { Message } from '../../../slack/control-types.ts';
import { useDirectory } from '../workspace/directory.tsx';
import { toTyped } from './to-typed.ts';

interface Props {
  message: Message;
  root: Message | undefined;
  onOpenThread: ((ts: string) => void) | undefined;
}

const mostLetters = 80;

/** Above a reply that was also sent to the channel: in the channel which thread it is from, in the thread that it was. */
export function ThreadNote({ message, root, onOpenThread }: Props) {
  const directory = useDirectory();
  const { subtype, thread_ts } = message;
  if (subtype !== 'thread_broadcast' || !thread_ts) return null;
  if (!onOpenThread) return <p className="thread-note">Also sent to the channel</p>;
  const words = toTyped(root?.text ?? '', directory)
    .replace(/\s+/g, ' ')
    .trim();
  return (
    <p className="thread-note">
      replied to a thread:
      <button type="button" onClick={() => onOpenThread(thread_ts)}>
        {[...words].slice(0, mostLetters).join('') || 'View thread'}
      </button>
    </p>
  );
}
