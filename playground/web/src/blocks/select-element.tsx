import { useEffect, useState } from 'react';
import { useDirectory } from '../workspace/directory.tsx';
import { useInteraction } from './interaction.tsx';
import { type Choice, choicesOf, initialChoice } from './options.ts';
import { Problem } from './problem.tsx';
import { field, plainText } from './text-object.ts';

/** A menu of options, people or channels; tells the app when one is picked. */
export function SelectElement({ element, blockId }: { element: unknown; blockId?: string }) {
  const { act, busy, problem } = useInteraction(element, blockId);
  const groups = choicesOf(element, useDirectory());
  const initial = initialChoice(element);
  const [value, setValue] = useState(initial);
  const placeholder = plainText(field(element, 'placeholder')) || 'Choose…';
  // The app changed the message: what it says is chosen counts again.
  useEffect(() => setValue(initial), [initial]);

  return (
    <>
      <select
        className="block-select"
        aria-label={placeholder}
        value={value}
        disabled={busy}
        onChange={({ target }) => {
          setValue(target.value);
          return act(target.value);
        }}
      >
        <option value="" disabled hidden>
          {placeholder}
        </option>
        {groups.map(({ label, choices }) =>
          label ? (
            <optgroup key={label} label={label}>
              <Options choices={choices} />
            </optgroup>
          ) : (
            <Options key="" choices={choices} />
          ),
        )}
      </select>
      <Problem>{problem}</Problem>
    </>
  );
}

function Options({ choices }: { choices: Choice[] }) {
  return choices.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}
