import { emojify } from 'node-emoji';
import { type Directory, nameOf } from '../workspace/directory.tsx';
import { field, listField, plainText, stringField } from './text-object.ts';

/** One choice in a menu. */
export interface Choice {
  value: string;
  label: string;
}

/** Choices under a heading; the heading is empty for a menu without groups. */
export interface ChoiceGroup {
  label: string;
  choices: Choice[];
}

/** What a menu element offers: its own options, or the workspace's people or channels. */
export function choicesOf(element: unknown, { people, channels }: Directory): ChoiceGroup[] {
  switch (stringField(element, 'type')) {
    case 'users_select':
      return ungrouped([...people.values()].map((p) => ({ value: p.id, label: nameOf(p) })));
    case 'channels_select':
    case 'conversations_select':
      return ungrouped(
        [...channels.values()]
          .filter(({ kind }) => kind !== 'direct')
          .map(({ id, name }) => ({ value: id, label: `#${name}` })),
      );
  }
  const groups = listField(element, 'option_groups').map((group) => ({
    label: plainText(field(group, 'label')),
    choices: listField(group, 'options').map(toChoice),
  }));
  return groups.length > 0 ? groups : ungrouped(listField(element, 'options').map(toChoice));
}

/** What a menu shows as chosen before anybody chose. */
export function initialChoice(element: unknown): string {
  const ids = ['initial_user', 'initial_channel', 'initial_conversation'];
  const id = ids.map((name) => stringField(element, name)).find(Boolean);
  return id ?? stringField(field(element, 'initial_option'), 'value') ?? '';
}

/** An option object as a choice. */
export function toChoice(option: unknown): Choice {
  return {
    value: stringField(option, 'value') ?? '',
    label: emojify(plainText(field(option, 'text'))),
  };
}

const ungrouped = (choices: Choice[]): ChoiceGroup[] => [{ label: '', choices }];
