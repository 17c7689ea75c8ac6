import type { Person, State } from '../../../slack/control-types.ts';
import { nameOf } from '../workspace/directory.tsx';

/** Something that can be put in place of what is being typed. */
export interface Suggestion {
  insert: string;
  label: string;
  hint: string;
  person?: Person;
}

/** The suggestions for the word before the caret, and where that word begins. */
export interface Completion {
  start: number;
  suggestions: Suggestion[];
}

export interface CompletionSources {
  people: Iterable<Person>;
  /** The app's user id; it stands first. */
  app: string;
  commands: State['commands'];
}

const most = 8;

/** What can be completed at the caret: a command at the very beginning, or `@somebody`. Undefined when nothing fits. */
export function completionAt(
  text: string,
  caret: number,
  sources: CompletionSources,
): Completion | undefined {
  const before = text.slice(0, caret);
  const command = /^\/\S*$/.exec(before);
  const mention = /(?:^|[\s(])@([\p{L}\p{N}._-]*)$/u.exec(before);
  const suggestions = command
    ? commandsLike(before, sources.commands)
    : mention
      ? peopleLike(mention[1] ?? '', sources)
      : [];
  if (suggestions.length === 0) return undefined;
  const start = mention ? caret - (mention[1] ?? '').length - 1 : 0;
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

function commandsLike(typed: string, commands: State['commands']): Suggestion[] {
  return commands
    .filter(({ command }) => command.startsWith(typed.toLowerCase()))
    .map(({ command, description, usage_hint = '' }) => ({
      insert: command,
      label: `${command} ${usage_hint}`.trim(),
      hint: description,
    }));
}

function peopleLike(typed: string, { people, app }: CompletionSources): Suggestion[] {
  const wanted = typed.toLowerCase();
  return [...people]
    .filter((person) => !person.deleted && isLike(person, wanted))
    .sort((a, b) => Number(b.id === app) - Number(a.id === app))
    .map((person) => ({
      insert: `@${person.name}`,
      label: nameOf(person),
      hint: person.is_bot ? 'APP' : `@${person.name}`,
      person,
    }));
}

/** A name, or a word of one, begins with what was typed. */
function isLike({ name, real_name, profile }: Person, wanted: string): boolean {
  return [name, real_name, profile.display_name]
    .flatMap((full) => [full, ...full.split(/\s+/)])
    .some((part) => part.toLowerCase().startsWith(wanted));
}
