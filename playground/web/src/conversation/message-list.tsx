import { type KeyboardEvent, type ReactNode, useMemo } from 'react';
import type { Message, ThreadStatus } from '../../../slack/control-types.ts';
import { useDirectory } from '../workspace/directory.tsx';
import { dayName } from '../workspace/time.ts';
import { MessageRow } from './message-row.tsx';
import { stepFocus, stepOf } from './step-focus.ts';
import { toTimeline } from './timeline.ts';
import { useShownMessages } from './use-shown-messages.ts';
import { useStickToBottom } from './use-stick-to-bottom.ts';

interface Props {
  label: string;
  messages: Message[];
  /** What stands above the first message. */
  intro?: ReactNode;
  /** The `ts` of the first message that is new to the person: it gets a line above it. */
  newFrom?: string | undefined;
  /** The `ts` of the message that is being edited. */
  editing: string | undefined;
  onEdit: (ts: string | undefined) => void;
  /** The root's `ts`, when this is a thread. */
  thread?: string;
  /** How often the person has sent something from the composer below. */
  sent: number;
  /** In a channel: what the app is doing in each thread, which threads have news, whose replies show here, how to open one. */
  statuses?: Map<string, ThreadStatus>;
  news?: Set<string>;
  roots?: Map<string, Message>;
  onOpenThread?: (ts: string) => void;
}

/** A conversation, oldest first, which stays at its end while messages come in or grow. */
export function MessageList(props: Props) {
  const { label, messages, intro, newFrom, editing, onEdit, thread, sent, onOpenThread } = props;
  const { statuses, news, roots } = props;
  const { timeZone } = useDirectory();
  const { scroller, content, away, toBottom } = useStickToBottom(sent);
  const { shown, hasMore, showMore, top } = useShownMessages(messages, {
    scroller,
    away,
    wanted: editing,
  });
  const items = useMemo(
    () => toTimeline(shown, { timeZone, newFrom, thread }),
    [shown, timeZone, newFrom, thread],
  );
  return (
    <div className="list-frame">
      {/* A log: new messages are announced; each edit of a growing answer would be too much. */}
      <div
        className={away ? 'list away' : 'list'}
        ref={scroller}
        role="log"
        aria-label={label}
        aria-relevant="additions"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onKeyDown={stepRows}
      >
        <ol ref={content}>
          {hasMore ? (
            <li ref={top} className="intro">
              <button type="button" className="show-more" onClick={showMore}>
                Show earlier messages
              </button>
            </li>
          ) : (
            intro && <li className="intro">{intro}</li>
          )}
          {items.map((item) => {
            if (item.type === 'day') {
              return (
                <li key={`day ${item.ts}`} className="day">
                  <span>{dayName(item.ts, timeZone)}</span>
                </li>
              );
            }
            if (item.type === 'new') {
              return (
                <li key="new" className="new-line">
                  <span>New</span>
                </li>
              );
            }
            if (item.type === 'replies') {
              return (
                <li key="replies" className="replies">
                  {item.count === 1 ? '1 reply' : `${item.count} replies`}
                </li>
              );
            }
            const { message, follows } = item;
            return (
              <MessageRow
                key={message.ts}
                message={message}
                follows={follows}
                isEditing={message.ts === editing}
                root={roots?.get(message.ts)}
                status={statuses?.get(message.ts)}
                hasNews={news?.has(message.ts) ?? false}
                onEdit={onEdit}
                onOpenThread={onOpenThread}
              />
            );
          })}
        </ol>
      </div>
      {away && (
        <button type="button" className="to-bottom" onClick={toBottom}>
          ↓ Jump to newest
        </button>
      )}
    </div>
  );
}

/** Arrows go from message to message; within one that is taller than the window they scroll. */
function stepRows(event: KeyboardEvent<HTMLElement>): void {
  const { currentTarget: list, key } = event;
  const target = event.target as HTMLElement;
  const isRow = target.matches('.message');
  const step = stepOf(key);
  // What is inside of a message has keys of its own.
  if (step === undefined || event.altKey || (!isRow && target !== list)) return;
  const bounds = list.getBoundingClientRect();
  const row = target.getBoundingClientRect();
  const goesOn = step > 0 ? row.bottom > bounds.bottom + 1 : row.top < bounds.top - 1;
  if (isRow && goesOn && Number.isFinite(step)) return;
  event.preventDefault();
  stepFocus(list.querySelectorAll<HTMLElement>('.message'), step);
}
