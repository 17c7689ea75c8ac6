import type { Ask } from './query.ts';

/** At most five words, and not all of a very long one. */
export function quoted(words: string[]): string {
  const shown = [...new Set(words)].map((word) => `“${[...word].slice(0, 40).join('')}”`);
  const some = shown.slice(0, 5);
  const last = shown.length > 5 ? 'more' : some.pop();
  return some.length > 0 ? `${some.join(', ')} and ${last}` : String(last);
}

/** What can be said without looking anything up; nothing for questions about data. */
export function smallTalk(ask: Ask, examples: string[]): string | undefined {
  const withExamples = (sentence: string) =>
    [sentence, '', ...examples.map((example) => `- ${example}`)].join('\n');
  switch (ask.type) {
    case 'hello':
      return withExamples('Hello! Ask me about the data, for example:');
    case 'help':
      return withExamples('I answer simple questions about the data. For example:');
    case 'unknown':
      return withExamples('I did not understand that. I can answer questions like these:');
    case 'unread':
      return withExamples(
        `I did not understand ${quoted(ask.words)}, and would rather give no answer than a wrong one. I can answer questions like these:`,
      );
    case 'change':
      return withExamples(
        'I can only read data, so I did not change anything. I can show you, for example:',
      );
    case 'nothing wanted':
      return withExamples('I need a number of at least 1 to show anything. For example:');
    case 'thanks':
      return 'You are welcome!';
    case 'elsewhere':
      return `${ask.source} is not connected yet, so I cannot look there. I can answer questions about the SQL database.`;
    default:
      return undefined;
  }
}
