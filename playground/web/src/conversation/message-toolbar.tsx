import { type KeyboardEvent, useRef } from 'react';
import type { Message } from '../../../slack/control-types.ts';
import { EmojiPicker } from './emoji-picker.tsx';
import { pictureOf, quickReactions } from './emojis.ts';
import { type MenuItem, MessageMenu } from './message-menu.tsx';
import { stepFocus } from './step-focus.ts';
import type { OpenPopup } from './use-row-activity.ts';

interface Props {
  message: Message;
  popup: OpenPopup | undefined;
  menu: () => MenuItem[][];
  onPopup: (popup: OpenPopup | undefined) => void;
  onReact: (name: string) => void;
  onOpenThread: ((ts: string) => void) | undefined;
}

/** The small bar on a message under the pointer or the focus: react, reply, more. */
export function MessageToolbar(props: Props) {
  const { message, popup, menu, onPopup, onReact, onOpenThread } = props;
  const emojiButton = useRef<HTMLButtonElement>(null);
  const menuButton = useRef<HTMLButtonElement>(null);
  const close = () => onPopup(undefined);
  return (
    <div
      className="message-tools"
      role="toolbar"
      aria-label="Message actions"
      onKeyDown={stepTools}
    >
      {quickReactions.map((name) => (
        <button
          key={name}
          type="button"
          className="quick"
          title={`React with :${name}:`}
          aria-label={`React with ${name}`}
          onClick={() => onReact(name)}
        >
          {pictureOf(name)}
        </button>
      ))}
      <button
        ref={emojiButton}
        type="button"
        title="Find another reaction"
        aria-label="Find another reaction"
        aria-haspopup="dialog"
        aria-expanded={popup === 'emoji'}
        onClick={() => onPopup(popup === 'emoji' ? undefined : 'emoji')}
      >
        <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
          <path d="M16.8 9.5a7 7 0 1 1-6.3-6.3M7 11.5c.6 1.4 1.7 2.1 3 2.1s2.4-.7 3-2.1M7.5 8v.5m5-.5v.5M16 2v5m-2.5-2.5h5" />
        </svg>
      </button>
      {onOpenThread && (
        <button
          type="button"
          title="Reply in thread"
          aria-label="Reply in thread"
          onClick={() => onOpenThread(message.thread_ts ?? message.ts)}
        >
          <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
            <path d="M3 5.5h14v8.5H9.5L6 17v-3H3zM6.5 8.5h7M6.5 11h4.5" />
          </svg>
        </button>
      )}
      <button
        ref={menuButton}
        type="button"
        title="More actions"
        aria-label="More actions"
        aria-haspopup="menu"
        aria-expanded={popup === 'menu'}
        onClick={() => onPopup(popup === 'menu' ? undefined : 'menu')}
      >
        <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" className="dots">
          <circle cx="10" cy="4.5" r="1" />
          <circle cx="10" cy="10" r="1" />
          <circle cx="10" cy="15.5" r="1" />
        </svg>
      </button>
      {popup === 'emoji' && <EmojiPicker anchor={emojiButton} onPick={onReact} onClose={close} />}
      {popup === 'menu' && <MessageMenu anchor={menuButton} groups={menu()} onClose={close} />}
    </div>
  );
}

/** Arrows move from tool to tool. */
function stepTools({ currentTarget, target, key }: KeyboardEvent<HTMLElement>): void {
  const tools = currentTarget.querySelectorAll<HTMLElement>(':scope > button');
  const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : undefined;
  // The popups are in here, too, and have keys of their own.
  if (step && [...tools].includes(target as HTMLElement)) stepFocus(tools, step, true);
}
