import type { Message, ThreadStatus } from '../../../slack/control-types.ts';
import { useDirectory } from '../workspace/directory.tsx';
import { timeAgo } from '../workspace/time.ts';
import { Avatar } from './avatar.tsx';
import { StatusLine } from './status-line.tsx';

/** Below a thread's root: who replied, how much, how long ago, and what the app is doing there. Opens the thread. */
export function ReplyBar({
  message,
  status,
  isNew,
  onOpen,
}: {
  message: Message;
  status: ThreadStatus | undefined;
  isNew: boolean;
  onOpen: () => void;
}) {
  const { people } = useDirectory();
  const count = message.reply_count ?? 0;
  if (count === 0) return status ? <StatusLine status={status} /> : null;
  const replies = `${count} ${count === 1 ? 'reply' : 'replies'}`;
  return (
    <div className="reply-line">
      <button
        type="button"
        className={isNew ? 'reply-bar new' : 'reply-bar'}
        aria-label={`${replies}, open the thread${isNew ? ', new replies' : ''}`}
        onClick={onOpen}
      >
        {message.reply_users?.slice(0, 5).map((id) => (
          <Avatar key={id} person={people.get(id)} size={24} />
        ))}
        <b>{replies}</b>
        {message.latest_reply && (
          <span className="reply-time">
            <span className="ago">Last reply {timeAgo(message.latest_reply)}</span>
            <span className="view-thread">View thread</span>
          </span>
        )}
      </button>
      {status && <StatusLine status={status} />}
    </div>
  );
}
