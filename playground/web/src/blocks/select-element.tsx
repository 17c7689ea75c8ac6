import { useState } from 'react';
import { useDirectory } from '../workspace/directory.tsx';
import { Combobox } from './combobox.tsx';
import { ControlNotes } from './control-notes.tsx';
import type { ElementProps } from './element.tsx';
import { type Choice, choicesOf, matching, toChoice } from './options.ts';
import { field, listField, plainText, stringField } from './text-object.ts';
import { useControl } from './use-control.ts';
import { useSuggestions } from './use-suggestions.ts';

/** A menu of options, people, channels, or what the app suggests; one can be picked, or several (`multi_…`). */
export function SelectElement({ element, blockId }: ElementProps) {
  const control = useControl(element, blockId);
  const directory = useDirectory();
  const [typed, setTyped] = useState('');
  // What was picked keeps its name, even when the app suggests something else by now.
  const [names, setNames] = useState<Map<string, Choice>>(new Map());
  const type = stringField(element, 'type') ?? '';
  const external = type.endsWith('external_select');
  const suggested = useSuggestions(element, blockId);
  const max = field(element, 'max_selected_items');
  const groups = external ? suggested.groups : choicesOf(element, directory);
  const known = [
    ...groups.flatMap(({ choices }) => choices),
    ...[...listField(element, 'initial_options'), field(element, 'initial_option')].map(toChoice),
  ];
  const picked = [control.value ?? []].flat().filter(Boolean);

  return (
    <>
      <Combobox
        groups={external ? groups : matching(groups, typed)}
        picked={picked.map(
          (value) =>
            names.get(value) ??
            known.find((choice) => choice.value === value) ?? { value, label: value },
        )}
        many={type.startsWith('multi_')}
        max={typeof max === 'number' ? max : Number.POSITIVE_INFINITY}
        typed={typed}
        onType={(text) => {
          setTyped(text);
          if (external) suggested.ask(text);
        }}
        onClose={() => setTyped('')}
        placeholder={plainText(field(element, 'placeholder')) || 'Choose an option'}
        note={external ? suggested.note : 'No matches'}
        busy={control.busy}
        focusOnLoad={field(element, 'focus_on_load') === true}
        onPick={(choices) => {
          setNames(new Map(choices.map((choice) => [choice.value, choice])));
          const values = choices.map(({ value }) => value);
          return control.pick(type.startsWith('multi_') ? values : (values[0] ?? null));
        }}
      />
      <ControlNotes control={control} />
    </>
  );
}
