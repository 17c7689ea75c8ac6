import { useId, useState } from 'react';
import { useInteraction } from './interaction.tsx';
import { toChoice } from './options.ts';
import { Problem } from './problem.tsx';
import { field, listField, stringField } from './text-object.ts';

/** Checkboxes or radio buttons; the app hears what is ticked after each change. */
export function ChoiceElement({ element, blockId }: { element: unknown; blockId?: string }) {
  const { act, busy, problem } = useInteraction(element, blockId);
  const name = useId();
  const many = stringField(element, 'type') === 'checkboxes';
  const [picked, setPicked] = useState(() => initiallyPicked(element));

  const pick = (value: string, on: boolean) => {
    const others = many ? picked.filter((other) => other !== value) : [];
    const next = on ? [...others, value] : others;
    setPicked(next);
    return act(many ? next : value);
  };
  return (
    <fieldset className="block-choices" disabled={busy}>
      {listField(element, 'options')
        .map(toChoice)
        .map(({ value, label }) => (
          <label key={value}>
            <input
              type={many ? 'checkbox' : 'radio'}
              name={name}
              checked={picked.includes(value)}
              onChange={({ target }) => pick(value, target.checked)}
            />
            {label}
          </label>
        ))}
      <Problem>{problem}</Problem>
    </fieldset>
  );
}

function initiallyPicked(element: unknown): string[] {
  const options = [field(element, 'initial_option'), ...listField(element, 'initial_options')];
  return options.map((option) => stringField(option, 'value') ?? '').filter(Boolean);
}
