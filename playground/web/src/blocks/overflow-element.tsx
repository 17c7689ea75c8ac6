import { type KeyboardEvent, useId, useRef } from 'react';
import { ControlNotes } from './control-notes.tsx';
import type { ElementProps } from './element.tsx';
import { toChoice } from './options.ts';
import { safeUrl } from './safe-url.ts';
import { listField, stringField } from './text-object.ts';
import { useControl } from './use-control.ts';

/** The "⋯" menu: a few more things to do. */
export function OverflowElement({ element, blockId }: ElementProps) {
  const control = useControl(element, blockId);
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  return (
    <span className="overflow">
      <button
        type="button"
        className="block-button"
        aria-label="More options"
        aria-haspopup="menu"
        aria-busy={control.busy}
        popoverTarget={id}
      >
        ⋯
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        className="overflow-menu"
        onKeyDown={moveFocus}
        onToggle={({ newState, currentTarget }) => {
          if (newState === 'open') currentTarget.querySelector('button')?.focus();
        }}
      >
        {listField(element, 'options').map((option) => {
          const { value, label, description } = toChoice(option);
          const url = safeUrl(stringField(option, 'url'));
          return (
            <button
              key={value}
              type="button"
              role="menuitem"
              onClick={() => {
                menu.current?.hidePopover();
                if (url) window.open(url, '_blank', 'noopener,noreferrer');
                return control.busy || control.pick(value);
              }}
            >
              {label}
              {description && <small>{description}</small>}
            </button>
          );
        })}
      </div>
      <ControlNotes control={control} />
    </span>
  );
}

/** ↑ and ↓ go around the menu. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll('button')];
  const at = items.indexOf(document.activeElement as HTMLButtonElement);
  items.at((at + step) % items.length)?.focus();
}
