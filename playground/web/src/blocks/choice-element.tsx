import { useId } from 'react';
import { ControlNotes } from './control-notes.tsx';
import type { ElementProps } from './element.tsx';
import { useFieldProps } from './input-field.ts';
import { SlackText } from './slack-text.tsx';
import { field, listField, stringField } from './text-object.ts';
import { useControl } from './use-control.ts';

/** Checkboxes or radio buttons. */
export function ChoiceElement({ element, blockId }: ElementProps) {
  const control = useControl(element, blockId);
  const name = useId();
  const many = stringField(element, 'type') === 'checkboxes';
  const { id, ...props } = { id: undefined, ...useFieldProps('Choices') };
  const picked = [control.value ?? []].flat();

  const pick = (value: string, on: boolean) => {
    if (!many) return control.pick(value);
    const others = picked.filter((other) => other !== value);
    return control.pick(on ? [...others, value] : others);
  };
  return (
    <fieldset
      className="block-choices"
      {...props}
      {...(!many && { role: 'radiogroup' })}
      aria-busy={control.busy}
    >
      {listField(element, 'options').map((option, index) => {
        const value = stringField(option, 'value') ?? '';
        return (
          <label key={value}>
            <input
              {...(index === 0 && { id })}
              type={many ? 'checkbox' : 'radio'}
              name={name}
              checked={picked.includes(value)}
              data-focus-on-load={(index === 0 && field(element, 'focus_on_load')) || undefined}
              onChange={({ target }) => pick(value, target.checked)}
            />
            <span>
              <SlackText object={field(option, 'text')} />
              {field(option, 'description') !== undefined && (
                <small>
                  <SlackText object={field(option, 'description')} />
                </small>
              )}
            </span>
          </label>
        );
      })}
      <ControlNotes control={control} />
    </fieldset>
  );
}
