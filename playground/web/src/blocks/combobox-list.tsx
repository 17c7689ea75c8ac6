import { useLayoutEffect, useRef } from 'react';
import type { Choice, ChoiceGroup } from './options.ts';

interface Props {
  id: string;
  groups: ChoiceGroup[];
  /** The place, over all groups, of the choice that Enter picks. */
  active: number;
  isPicked: (choice: Choice) => boolean;
  many: boolean;
  note: string;
  /** No more can be picked. */
  full: boolean;
  onChoose: (choice: Choice) => unknown;
}

/** The open list of a combobox, above everything else on the page. */
export function ComboboxList({ id, groups, active, isPicked, many, note, full, onChoose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => list.current?.showPopover(), []);
  useLayoutEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);

  let place = 0;
  return (
    <div
      ref={list}
      id={id}
      popover="manual"
      role="listbox"
      className="combobox-list"
      aria-multiselectable={many || undefined}
      // The text field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
    >
      {groups.map(({ label, choices }, group) => (
        // biome-ignore lint/a11y/useSemanticElements: a list box has groups, not field sets
        // biome-ignore lint/suspicious/noArrayIndexKey: groups have no identity but their place
        <div key={group} role="group" aria-label={label || undefined}>
          {label && <div className="group-label">{label}</div>}
          {choices.map((choice) => {
            const at = place++;
            return (
              <div
                key={`${at}-${choice.value}`}
                id={`${id}-${at}`}
                role="option"
                tabIndex={-1}
                aria-selected={isPicked(choice)}
                aria-disabled={(full && !isPicked(choice)) || undefined}
                className={at === active ? 'active' : undefined}
                onMouseDown={() => onChoose(choice)}
              >
                <span>{choice.label}</span>
                {choice.description && <small>{choice.description}</small>}
              </div>
            );
          })}
        </div>
      ))}
      {(place === 0 || full) && note && (
        <p className="note" role="status">
          {note}
        </p>
      )}
    </div>
  );
}
