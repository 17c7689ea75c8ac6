import type { AppInfo, Channel, Person } from '../../../slack/control-types.ts';
import { findEmojis } from '../conversation/emojis.ts';
import { nameOf } from '../workspace/directory.tsx';

/** Something that can be put in place of what is being typed. */
export interface Suggestion {
  insert: string;
  label: string;
  hint: string;
  /** Their picture stands before the label. */
  person?: Person;
}

/** The suggestions for the word before the caret, and where that word begins. */
export interface Completion {
  start: number;
  suggestions: Suggestion[];
}

export interface CompletionSources {
  people: Iterable<Person>;
  /** Those that are installed stand before the people. */
  apps: AppInfo[];
  channels: Iterable<Channel>;
  /** Slack has no slash commands in threads. */
  inThread: boolean;
}

const most = 8;

/** What can be completed at the caret: a command at the very beginning, `@somebody`, `#channel` or `:emoji`. Undefined when nothing fits. */
export function completionAt(
  text: string,
  caret: number,
  sources: CompletionSources,
): Completion | undefined {
  const before = text.slice(0, caret);
  const [, sign, typed = ''] = /(?:^|[\s(])([@#:])([\p{L}\p{N}._+-]*)$/u.exec(before) ?? [];
  const suggestions = /^\/\S*$/.test(before)
    ? commandsLike(before, sources)
    : sign === '@'
      ? peopleLike(typed, sources)
      : sign === '#'
        ? channelsLike(typed, sources)
        : sign === ':'
          ? emojiLike(typed)
          : [];
  if (suggestions.length === 0) return undefined;
  const start = sign ? caret - typed.length - 1 : 0;
  return { start, suggestions: suggestions.slice(0, most) };
}

/** The text and caret after a suggestion was taken. */
export function complete(
  text: string,
  caret: number,
  { start }: Completion,
  { insert }: Suggestion,
): { text: string; caret: number } {
  const rest = text.slice(caret).replace(/^ /, '');
  const head = `${text.slice(0, start)}${insert} `;
  return { text: head + rest, caret: head.length };
}

function commandsLike(typed: string, { apps, inThread }: CompletionSources): Suggestion[] {
  if (inThread) return [];
  return installed(apps).flatMap((app) =>
    app.commands
      .filter(({ command }) => command.startsWith(typed.toLowerCase()))
      .map(({ command, description, usage_hint = '' }) => ({
        insert: command,
        label: `${command} ${usage_hint}`.trim(),
        hint: `${description} · ${app.name}`,
      })),
  );
}

const everybody: Suggestion[] = [
  { insert: '@channel', label: '@channel', hint: 'Notify everyone in this channel' },
  { insert: '@here', label: '@here', hint: 'Notify everyone who is here now' },
];

function peopleLike(typed: string, { people, apps }: CompletionSources): Suggestion[] {
  const wanted = typed.toLowerCase();
  const order = installed(apps).map(({ user }) => user);
  const removed = new Set(apps.filter((app) => !app.installed).map(({ user }) => user));
  const place = ({ id }: Person) => (order.includes(id) ? order.indexOf(id) : order.length);
  const named = [...people]
    .filter((person) => !person.deleted && !removed.has(person.id) && isLike(person, wanted))
    .sort((a, b) => place(a) - place(b))
    .map((person) => ({
      insert: `@${person.name}`,
      label: nameOf(person),
      hint: person.is_bot ? 'APP' : `@${person.name}`,
      person,
    }));
  return [...named, ...everybody.filter(({ insert }) => insert.startsWith(`@${wanted}`))];
}

const installed = (apps: AppInfo[]) => apps.filter((app) => app.installed);

/** A name, or a word of one, begins with what was typed. */
function isLike({ name, real_name, profile }: Person, wanted: string): boolean {
  return [name, real_name, profile.display_name]
    .flatMap((full) => [full, ...full.split(/\s+/)])
    .some((part) => part.toLowerCase().startsWith(wanted));
}

function channelsLike(typed: string, { channels }: CompletionSources): Suggestion[] {
  const wanted = typed.toLowerCase();
  return [...channels]
    .filter(({ kind, archived }) => !archived && (kind === 'public' || kind === 'private'))
    .filter(({ name }) => name.startsWith(wanted))
    .map(({ name, topic }) => ({ insert: `#${name}`, label: `#${name}`, hint: topic }));
}

/** From two letters on, as in Slack: a colon alone is more often a colon. */
function emojiLike(typed: string): Suggestion[] {
  if (!/^[\w+-]{2,}$/.test(typed)) return [];
  return findEmojis(typed, most).map(({ name, picture }) => ({
    insert: `:${name}:`,
    label: picture,
    hint: `:${name}:`,
  }));
}
