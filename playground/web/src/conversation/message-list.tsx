import { type ReactNode, useMemo } from 'react';
import type { Message, ThreadStatus } from '../../../slack/control-types.ts';
import { useDirectory } from '../workspace/directory.tsx';
import { dayName } from '../workspace/time.ts';
import { MessageRow } from './message-row.tsx';
import { toTimeline } from './timeline.ts';
import { useStickToBottom } from './use-stick-to-bottom.ts';

interface Props {
  label: string;
  messages: Message[];
  /** What stands above the first message. */
  intro?: ReactNode;
  /** In a channel: what the app is doing in each thread, which threads have news, and how to open one. */
  statuses?: Map<string, ThreadStatus>;
  news?: Set<string>;
  onOpenThread?: (ts: string) => void;
}

/** A conversation, oldest first, which stays at its end while messages come in or grow. */
export function MessageList({ label, messages, intro, statuses, news, onOpenThread }: Props) {
  const { timeZone } = useDirectory();
  const { scroller, content, away, toBottom } = useStickToBottom();
  const items = useMemo(() => toTimeline(messages, timeZone), [messages, timeZone]);
  return (
    <div className="list-frame">
      {/* A log: new messages are announced; each edit of a growing answer would be too much. */}
      <div
        className="list"
        ref={scroller}
        role="log"
        aria-label={label}
        aria-relevant="additions"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <ol ref={content}>
          {intro && <li className="intro">{intro}</li>}
          {items.map((item) =>
            item.type === 'day' ? (
              <li key={`day ${item.ts}`} className="day">
                <span>{dayName(item.ts, timeZone)}</span>
              </li>
            ) : (
              <MessageRow
                key={item.message.ts}
                message={item.message}
                follows={item.follows}
                status={statuses?.get(item.message.ts)}
                hasNews={news?.has(item.message.ts) ?? false}
                onOpenThread={onOpenThread}
              />
            ),
          )}
        </ol>
      </div>
      {away && (
        <button type="button" className="to-bottom" onClick={toBottom}>
          ↓ Latest messages
        </button>
      )}
    </div>
  );
}
