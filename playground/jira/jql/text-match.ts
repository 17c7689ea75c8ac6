/**
 * Whether a text contains what a `~` asks for: every word, in any order, `"…"` as a phrase, `wor*` by its beginning.
 * Word forms count as one, roughly as Jira's English index has it.
 */
export function textMatch(text: string, asked: string): boolean {
  const words = toWords(text);
  const terms = [...asked.matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, phrase, term]) => phrase ?? term ?? '',
  );
  return terms.every((term) => hasPhrase(words, term));
}

function hasPhrase(words: string[], term: string): boolean {
  const open = /\*$/.test(term);
  const parts = toWords(term);
  if (parts.length === 0) return true;
  return words.some((_, at) =>
    parts.every((part, index) => {
      const word = words[at + index] ?? '';
      return open && index === parts.length - 1 ? word.startsWith(part) : stem(word) === stem(part);
    }),
  );
}

const toWords = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];

const stem = (word: string) => (word.length > 4 ? word.replace(/(?:ing|ed|es|s)$/, '') : word);
