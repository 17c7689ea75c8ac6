import { memo, useCallback } from 'react';
import type { Message, ThreadStatus } from '../../../slack/control-types.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { type Act, InteractionContext } from '../blocks/interaction.tsx';
import { control } from '../workspace/control.ts';
import { nameOf, useDirectory } from '../workspace/directory.tsx';
import { clockTime, fullTime, toDate } from '../workspace/time.ts';
import { Avatar } from './avatar.tsx';
import { MessageFiles } from './message-files.tsx';
import { MessageReactions } from './message-reactions.tsx';
import { MessageText } from './message-text.tsx';
import { MessageTools } from './message-tools.tsx';
import { ReplyBar } from './reply-bar.tsx';

interface Props {
  message: Message;
  follows: boolean;
  status?: ThreadStatus | undefined;
  hasNews?: boolean;
  onOpenThread?: ((ts: string) => void) | undefined;
}

/** One message: author, time, what was said, what hangs on it. Redrawn only when it changed. */
export const MessageRow = memo(
  ({ message, follows, status, hasNews = false, onOpenThread }: Props) => {
    const { me, people, timeZone } = useDirectory();
    const { channel, ts, blocks, files } = message;
    const author = people.get(message.user);
    const name = message.username ?? nameOf(author);
    const user = me?.id ?? '';
    const perform = useCallback(
      (act: Act) => control.click({ user, channel, ts, ...act }),
      [user, channel, ts],
    );
    const time = (
      <time dateTime={toDate(ts).toJSON() ?? undefined} title={fullTime(ts, timeZone)}>
        {clockTime(ts, timeZone)}
      </time>
    );
    return (
      <li
        className={rowClass(message, follows)}
        data-ts={ts}
        aria-label={`${name}, ${clockTime(ts, timeZone)}`}
      >
        {message.ephemeral_to && (
          <p className="only-you">
            <EyeMark /> Only visible to you
          </p>
        )}
        <div className="gutter">{follows ? time : <Avatar person={author} />}</div>
        <div className="message-body">
          {!follows && (
            <header>
              <b className="author">{name}</b>
              {message.bot_id && <span className="badge">APP</span>}
              {author?.is_restricted && <span className="badge">GUEST</span>}
              {author?.is_stranger && <span className="badge">EXTERNAL</span>}
              {time}
            </header>
          )}
          <InteractionContext value={perform}>
            {blocks?.length ? <Blocks blocks={blocks} /> : <MessageText text={message.text} />}
          </InteractionContext>
          {message.edited && !message.bot_id && <span className="edited">(edited)</span>}
          {files && files.length > 0 && <MessageFiles files={files} />}
          <MessageReactions message={message} />
          {onOpenThread && (
            <ReplyBar
              message={message}
              status={status}
              isNew={hasNews}
              onOpen={() => onOpenThread(ts)}
            />
          )}
        </div>
        <MessageTools message={message} onOpenThread={onOpenThread} />
      </li>
    );
  },
);

function rowClass(message: Message, follows: boolean): string {
  const names = ['message', follows && 'follows', message.ephemeral_to && 'ephemeral'];
  return names.filter(Boolean).join(' ');
}

function EyeMark() {
  return (
    <svg viewBox="0 0 20 20" width="14" height="14" aria-hidden="true">
      <path d="M1.5 10S4.5 4.5 10 4.5 18.5 10 18.5 10 15.5 15.5 10 15.5 1.5 10 1.5 10Z" />
      <circle cx="10" cy="10" r="2.5" />
    </svg>
  );
}
