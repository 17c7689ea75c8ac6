import { toExamples } from './examples.ts';
import type { Ask } from './query.ts';
import type { Schema } from './schema.ts';

/** What can be said without looking anything up; nothing for questions about data. */
export function smallTalk(ask: Ask, schema: Schema): string | undefined {
  const withExamples = (sentence: string) =>
    [sentence, '', ...toExamples(schema).map((example) => `- ${example}`)].join('\n');
  switch (ask.type) {
    case 'hello':
      return withExamples('Hello! Ask me about the data, for example:');
    case 'help':
      return withExamples('I answer simple questions about the data with SQL. For example:');
    case 'unknown':
      return withExamples('I did not understand that. I can answer questions like these:');
    case 'thanks':
      return 'You are welcome!';
    case 'elsewhere':
      return `${ask.source} is not connected yet, so I cannot look there. I can answer questions about the SQL database.`;
    default:
      return undefined;
  }
}
