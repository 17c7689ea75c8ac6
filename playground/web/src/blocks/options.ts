import { emojify } from 'node-emoji';
import type { Channel, Person } from '../../../slack/control-types.ts';
import { channelTitle, type Directory, nameOf } from '../workspace/directory.tsx';
import { field, listField, plainText, stringField } from './text-object.ts';

/** One choice in a menu. */
export interface Choice {
  value: string;
  label: string;
  description?: string;
}

/** Choices under a heading; the heading is empty for a menu without groups. */
export interface ChoiceGroup {
  label: string;
  choices: Choice[];
}

/** What a menu element offers: its own options, or the workspace's people or channels. */
export function choicesOf(element: unknown, directory: Directory): ChoiceGroup[] {
  const people = [...directory.people.values()].filter(({ deleted }) => !deleted);
  const channels = [...directory.channels.values()].filter(({ archived }) => !archived);
  switch (stringField(element, 'type')?.replace(/^multi_/, '')) {
    case 'users_select':
      return ungrouped(people.map(toPersonChoice));
    case 'channels_select':
      return ungrouped(
        channels
          .filter(({ kind }) => kind === 'public')
          .map((channel) => toChannelChoice(channel, directory)),
      );
    case 'conversations_select':
      return ungrouped(
        channels
          .filter((channel) => passes(channel, field(element, 'filter'), directory))
          .map((channel) => toChannelChoice(channel, directory)),
      );
  }
  return optionsOf(element);
}

/** The `options` or `option_groups` of an element, or of an app's answer to a suggestion. */
export function optionsOf(from: unknown): ChoiceGroup[] {
  const groups = listField(from, 'option_groups').map((group) => ({
    label: emojify(plainText(field(group, 'label'))),
    choices: listField(group, 'options').map(toChoice),
  }));
  return groups.length > 0 ? groups : ungrouped(listField(from, 'options').map(toChoice));
}

/** An option object as a choice. */
export function toChoice(option: unknown): Choice {
  const description = plainText(field(option, 'description'));
  return {
    value: stringField(option, 'value') ?? '',
    label: emojify(plainText(field(option, 'text'))),
    ...(description && { description: emojify(description) }),
  };
}

/** The groups with the choices that contain what was typed; groups without any are gone. */
export function matching(groups: ChoiceGroup[], typed: string): ChoiceGroup[] {
  const wanted = typed.trim().toLocaleLowerCase();
  if (!wanted) return groups;
  return groups
    .map(({ label, choices }) => ({
      label,
      choices: choices.filter((choice) => choice.label.toLocaleLowerCase().includes(wanted)),
    }))
    .filter(({ choices }) => choices.length > 0);
}

const ungrouped = (choices: Choice[]): ChoiceGroup[] => [{ label: '', choices }];

const toPersonChoice = (person: Person): Choice => ({
  value: person.id,
  label: nameOf(person),
  ...(nameOf(person) !== person.name && { description: person.name }),
});

function toChannelChoice(channel: Channel, directory: Directory): Choice {
  const isDirect = channel.kind === 'direct' || channel.kind === 'group';
  const title = channelTitle(channel, directory);
  return { value: channel.id, label: isDirect ? title : `#${title}` };
}

const kindWords = { public: 'public', private: 'private', direct: 'im', group: 'mpim' };

/** Slack's filter of a `conversations_select`. */
function passes(channel: Channel, filter: unknown, { apps }: Directory): boolean {
  const include = listField(filter, 'include');
  if (include.length > 0 && !include.includes(kindWords[channel.kind])) return false;
  if (field(filter, 'exclude_external_shared_channels') === true && channel.external) return false;
  const withApp =
    channel.kind === 'direct' && apps.some(({ user }) => channel.members.includes(user));
  return !(field(filter, 'exclude_bot_users') === true && withApp);
}
