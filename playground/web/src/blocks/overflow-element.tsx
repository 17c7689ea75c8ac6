import { useId, useRef } from 'react';
import { useInteraction } from './interaction.tsx';
import { toChoice } from './options.ts';
import { Problem } from './problem.tsx';
import { listField } from './text-object.ts';

/** The "⋯" menu: a few more things to do. */
export function OverflowElement({ element, blockId }: { element: unknown; blockId?: string }) {
  const { act, busy, problem } = useInteraction(element, blockId);
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  return (
    <span className="overflow">
      <button
        type="button"
        className="block-button"
        aria-label="More actions"
        disabled={busy}
        popoverTarget={id}
      >
        ⋯
      </button>
      <div ref={menu} id={id} popover="auto" className="overflow-menu">
        {listField(element, 'options')
          .map(toChoice)
          .map(({ value, label }) => (
            <button
              key={value}
              type="button"
              onClick={() => {
                menu.current?.hidePopover();
                return act(value);
              }}
            >
              {label}
            </button>
          ))}
      </div>
      <Problem>{problem}</Problem>
    </span>
  );
}
