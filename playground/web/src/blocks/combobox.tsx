import { type KeyboardEvent, useId, useState } from 'react';
import { ComboboxList } from './combobox-list.tsx';
import { useFieldProps } from './input-field.ts';
import type { Choice, ChoiceGroup } from './options.ts';

/** More than this is not drawn at once: typing finds the rest. */
const shownMost = 100;

interface Props {
  /** What matches `typed`. */
  groups: ChoiceGroup[];
  picked: Choice[];
  many: boolean;
  /** How many can be picked. */
  max: number;
  typed: string;
  /** What is typed into the open list; nothing when it opens. */
  onType: (typed: string) => void;
  onClose: () => void;
  placeholder: string;
  /** Stands in the list when it is empty. */
  note: string;
  busy: boolean;
  focusOnLoad: boolean;
  onPick: (picked: Choice[]) => unknown;
}

/** A menu that one can type into: ↓ opens it, Enter picks, Escape closes it. */
export function Combobox(props: Props) {
  const { picked, many, max, typed, onType, onClose, placeholder, note, onPick } = props;
  const id = useId();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const groups = firstOnes(props.groups, shownMost);
  const choices = groups.flatMap(({ choices }) => choices);
  const isPicked = (choice: Choice) => picked.some(({ value }) => value === choice.value);
  const only = many ? undefined : picked[0];

  const type = (text: string) => {
    setActive(0);
    onType(text);
  };
  const show = () => {
    if (open) return;
    setOpen(true);
    setActive(Math.max(0, only ? choices.findIndex(({ value }) => value === only.value) : 0));
    onType('');
  };
  const hide = () => {
    setOpen(false);
    onClose();
  };
  const drop = (choice: Choice) => onPick(picked.filter(({ value }) => value !== choice.value));
  const choose = (choice: Choice | undefined) => {
    if (!choice) return;
    if (!many) {
      hide();
      return onPick([choice]);
    }
    type('');
    if (isPicked(choice)) return drop(choice);
    return picked.length < max && onPick([...picked, choice]);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!open) show();
      else setActive((active + step + choices.length) % Math.max(1, choices.length));
    } else if (event.key === 'Enter') {
      // Never sends the form around it: with the list closed, Enter opens it.
      event.preventDefault();
      if (open) choose(choices[active]);
      else show();
    } else if (event.key === 'Escape' && open) {
      // Not meant for the dialog around it.
      event.preventDefault();
      event.stopPropagation();
      hide();
    } else if (event.key === 'Backspace' && !typed && many) {
      const last = picked.at(-1);
      if (last) drop(last);
    }
  };

  return (
    <div className="combobox" aria-busy={props.busy}>
      {many &&
        picked.map((choice) => (
          <span key={choice.value} className="picked">
            {choice.label}
            <button
              type="button"
              aria-label={`Remove ${choice.label}`}
              onClick={() => drop(choice)}
            >
              ✕
            </button>
          </span>
        ))}
      <input
        {...useFieldProps(placeholder)}
        role="combobox"
        aria-expanded={open}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={open && choices.length > 0 ? `${id}-${active}` : undefined}
        autoComplete="off"
        data-focus-on-load={props.focusOnLoad || undefined}
        placeholder={many && picked.length > 0 ? '' : (only?.label ?? placeholder)}
        value={open ? typed : (only?.label ?? '')}
        onChange={({ target, nativeEvent }) => {
          if (open) return type(target.value);
          show();
          type((nativeEvent as InputEvent).data ?? '');
        }}
        onClick={show}
        onBlur={hide}
        onKeyDown={onKeyDown}
      />
      {open && (
        <ComboboxList
          id={id}
          groups={groups}
          active={active}
          isPicked={isPicked}
          many={many}
          note={many && picked.length >= max ? `At most ${max} can be picked` : note}
          full={many && picked.length >= max}
          onChoose={choose}
        />
      )}
    </div>
  );
}

function firstOnes(groups: ChoiceGroup[], most: number): ChoiceGroup[] {
  let room = most;
  return groups.flatMap(({ label, choices }) => {
    const shown = choices.slice(0, room);
    room -= shown.length;
    return shown.length > 0 ? [{ label, choices: shown }] : [];
  });
}
