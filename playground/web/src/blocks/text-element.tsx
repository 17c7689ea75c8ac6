import { type KeyboardEvent, useContext } from 'react';
import { ControlNotes } from './control-notes.tsx';
import type { ElementProps } from './element.tsx';
import { InputFieldContext, useFieldProps } from './input-field.ts';
import { field, listField, plainText, stringField } from './text-object.ts';
import { useControl } from './use-control.ts';
import { useDebounced } from './use-debounced.ts';

/** How long the typing must rest before the app hears of characters. A guess: Slack sends not every one. */
const restMs = 250;

const lineTypes: Record<string, { type: string; inputMode: 'text' | 'email' | 'url' | 'decimal' }> =
  {
    plain_text_input: { type: 'text', inputMode: 'text' },
    email_text_input: { type: 'email', inputMode: 'email' },
    url_text_input: { type: 'url', inputMode: 'url' },
    // Not `number`: what is no number should stand there, with a sentence about it.
    number_input: { type: 'text', inputMode: 'decimal' },
  };

/** A line or several lines of text, an address, a number. */
export function TextElement({ element, blockId }: ElementProps) {
  const control = useControl(element, blockId);
  const tellLater = useDebounced(control.pick, restMs);
  const dispatches = useContext(InputFieldContext)?.dispatches ?? false;
  const triggers = listField(field(element, 'dispatch_action_config'), 'trigger_actions_on');
  const onCharacter = dispatches && triggers.includes('on_character_entered');
  const onEnter = dispatches && (triggers.length === 0 || triggers.includes('on_enter_pressed'));
  const type = stringField(element, 'type') ?? '';
  const multiline = type === 'rich_text_input' || field(element, 'multiline') === true;
  const max = field(element, 'max_length');
  const value = typeof control.value === 'string' ? control.value : '';
  const placeholder = plainText(field(element, 'placeholder'));

  const props = {
    ...useFieldProps(placeholder || 'Text'),
    className: 'text-input',
    value,
    placeholder,
    'data-focus-on-load': field(element, 'focus_on_load') || undefined,
    onChange: ({ target }: { target: { value: string } }) => {
      const next = target.value || null;
      control.set(next);
      if (onCharacter) tellLater(next);
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !onEnter || event.nativeEvent.isComposing) return;
      // In several lines Enter begins a new one. A guess: there it takes Ctrl or Cmd as well.
      if (multiline && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      return control.pick(value || null);
    },
  };
  return (
    <>
      {multiline ? (
        <textarea rows={rowsOf(element)} {...props} />
      ) : (
        <input autoComplete="off" {...lineTypes[type]} {...props} />
      )}
      {typeof max === 'number' && (
        <span className={value.length > max ? 'counter over' : 'counter'}>
          {max - value.length}
        </span>
      )}
      {onEnter && value && (
        <p className="hint">Press {multiline ? 'Ctrl + Enter' : 'Enter'} to send.</p>
      )}
      <ControlNotes control={control} />
    </>
  );
}

function rowsOf(element: unknown): number {
  const lines = field(element, 'min_lines');
  return typeof lines === 'number' && lines >= 1 && lines <= 30 ? lines : 4;
}
