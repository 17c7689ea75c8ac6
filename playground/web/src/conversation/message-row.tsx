import { memo, useMemo, useRef, useState } from 'react';
import type { Message, ThreadStatus } from '../../../slack/control-types.ts';
import { PlaceContext } from '../blocks/place-context.ts';
import { Problem } from '../blocks/problem.tsx';
import { useDirectory } from '../workspace/directory.tsx';
import { clockTime, fullTime, toDate } from '../workspace/time.ts';
import { type Author, authorOf } from './author-of.ts';
import { Avatar } from './avatar.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { pictureOf } from './emojis.ts';
import { EyeMark, TrashMark } from './marks.tsx';
import { MessageContent } from './message-content.tsx';
import { MessageEditor } from './message-editor.tsx';
import { MessageFiles } from './message-files.tsx';
import { isNotice, isTombstone } from './message-kinds.ts';
import { MessageReactions } from './message-reactions.tsx';
import { MessageToolbar } from './message-toolbar.tsx';
import { ReplyBar } from './reply-bar.tsx';
import { ThreadNote } from './thread-note.tsx';
import { useMessageActions } from './use-message-actions.ts';
import { useRowActivity } from './use-row-activity.ts';

interface Props {
  message: Message;
  follows: boolean;
  isEditing: boolean;
  /** Of a reply that was also sent to the channel: the thread's root. */
  root?: Message | undefined;
  status?: ThreadStatus | undefined;
  hasNews?: boolean;
  onEdit: (ts: string | undefined) => void;
  onOpenThread?: ((ts: string) => void) | undefined;
}

/** One message: author, time, what was said, what hangs on it. Redrawn only when it changed. */
export const MessageRow = memo((props: Props) => {
  const {
    message,
    follows,
    isEditing,
    root,
    status,
    hasNews = false,
    onEdit,
    onOpenThread,
  } = props;
  const directory = useDirectory();
  const { timeZone } = directory;
  const { channel, ts, files, reactions } = message;
  const author = authorOf(message, directory);
  const row = useRef<HTMLLIElement>(null);
  const [isDeleting, setDeleting] = useState(false);
  const { isActive, popup, setPopup, rowProps } = useRowActivity();
  const onAskDelete = () => setDeleting(true);
  const actions = useMessageActions(message, { row, onEdit, onAskDelete });
  const place = useMemo(() => ({ channel, ts }), [channel, ts]);
  const remove = async () => {
    setDeleting(false);
    const list = row.current?.closest<HTMLElement>('[role=log]');
    // The row goes away, and the focus with it.
    if (await actions.remove()) list?.focus();
  };
  const time = (
    <time dateTime={toDate(ts).toJSON() ?? undefined} title={fullTime(ts, timeZone)}>
      {clockTime(ts, timeZone)}
    </time>
  );
  const editor = isEditing && (
    <MessageEditor
      message={message}
      onClose={() => onEdit(undefined)}
      onDelete={() => {
        onEdit(undefined);
        onAskDelete();
      }}
    />
  );
  return (
    <li
      ref={row}
      className={rowClass(message, follows, isEditing)}
      data-ts={ts}
      aria-label={`${author.name}, ${clockTime(ts, timeZone)}`}
      tabIndex={-1}
      {...rowProps}
    >
      {message.ephemeral_to && (
        <p className="only-you">
          <EyeMark /> Only visible to you
        </p>
      )}
      <ThreadNote message={message} root={root} onOpenThread={onOpenThread} />
      <div className="gutter">{follows ? time : <Picture message={message} author={author} />}</div>
      <div className="message-body">
        {!follows && !isTombstone(message) && (
          <header>
            <b className="author">{author.name}</b>
            <Badges author={author} isByApp={message.bot_id !== undefined} />
            {time}
          </header>
        )}
        {editor || (
          <PlaceContext value={place}>
            <MessageContent message={message} />
          </PlaceContext>
        )}
        {message.edited && !message.bot_id && !isEditing && (
          <span className="edited">(edited)</span>
        )}
        {files && files.length > 0 && <MessageFiles files={files} />}
        {reactions && <MessageReactions reactions={reactions} onReact={actions.react} />}
        <Problem>{actions.problem}</Problem>
        {onOpenThread && (
          <ReplyBar
            message={message}
            status={status}
            isNew={hasNews}
            onOpen={() => onOpenThread(ts)}
          />
        )}
      </div>
      {isActive && !isEditing && !message.ephemeral_to && !isTombstone(message) && (
        <MessageToolbar
          message={message}
          popup={popup}
          menu={actions.menu}
          onPopup={setPopup}
          onReact={actions.react}
          onOpenThread={isNotice(message) ? undefined : onOpenThread}
        />
      )}
      {actions.said && (
        <p className="said" role="status">
          {actions.said}
        </p>
      )}
      {isDeleting && (
        <DeleteDialog message={message} onDelete={remove} onClose={() => setDeleting(false)} />
      )}
    </li>
  );
});

function Picture({ message, author }: { message: Message; author: Author }) {
  if (isTombstone(message)) return <TrashMark />;
  // A picture by URL stays away: the page loads nothing from other servers.
  const emoji = message.icons?.emoji;
  if (emoji) return <span className="avatar emoji">{pictureOf(emoji.replaceAll(':', ''))}</span>;
  return <Avatar person={author.person} />;
}

function Badges({ author: { person }, isByApp }: { author: Author; isByApp: boolean }) {
  return (
    <>
      {isByApp && <span className="badge">APP</span>}
      {person?.is_restricted && <span className="badge">GUEST</span>}
      {person?.is_stranger && <span className="badge">EXTERNAL</span>}
      {person?.deleted && <span className="badge">DEACTIVATED</span>}
    </>
  );
}

function rowClass(message: Message, follows: boolean, isEditing: boolean): string {
  const names = [
    'message',
    follows && 'follows',
    message.ephemeral_to && 'ephemeral',
    isEditing && 'editing',
  ];
  return names.filter(Boolean).join(' ');
}
