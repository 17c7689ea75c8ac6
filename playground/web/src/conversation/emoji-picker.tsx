import { type RefObject, useId, useMemo, useState } from 'react';
import { findEmojis } from './emojis.ts';
import { Popup } from './popup.tsx';
import { stepFocus, stepOf } from './step-focus.ts';

interface Props {
  anchor: RefObject<HTMLElement | null>;
  onPick: (name: string) => void;
  onClose: () => void;
}

const columns = 8;
const most = columns * 8;

/** Finds an emoji by its name. Enter takes the first one, arrows go on into the grid. */
export function EmojiPicker({ anchor, onPick, onClose }: Props) {
  const [typed, setTyped] = useState('');
  const found = useMemo(() => findEmojis(typed, most), [typed]);
  const countId = useId();
  const pick = (name: string) => {
    onClose();
    onPick(name);
  };
  return (
    <Popup
      anchor={anchor}
      role="dialog"
      label="Pick an emoji"
      className="emoji-picker"
      onClose={onClose}
      onKeyDown={(event) => {
        const isTyping = event.target instanceof HTMLInputElement;
        const first = found[0];
        if (isTyping && event.key === 'Enter' && first) {
          event.preventDefault();
          return pick(first.name);
        }
        const step = isTyping && event.key !== 'ArrowDown' ? undefined : stepOf(event.key, columns);
        if (step === undefined) return;
        event.preventDefault();
        stepFocus(event.currentTarget.querySelectorAll<HTMLElement>('.emoji-grid button'), step);
      }}
    >
      <input
        type="search"
        placeholder="Search emoji"
        aria-label="Search emoji"
        aria-describedby={countId}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <div className="emoji-grid">
        {found.map(({ name, picture }) => (
          <button
            key={name}
            type="button"
            title={`:${name}:`}
            aria-label={name}
            onClick={() => pick(name)}
          >
            {picture}
          </button>
        ))}
      </div>
      <p id={countId} className="emoji-none" role="status">
        {found.length === 0 && `No emoji is called “${typed.trim()}”.`}
      </p>
    </Popup>
  );
}
