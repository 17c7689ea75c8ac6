import type { SourceState } from './toolbox.ts';

/** Questions for each of our connectors that need no names of a team's own. */
const questions: Record<string, readonly string[]> = {
  mysql: [
    'Show me the latest users',
    'Which tables are there?',
    'How many orders came in this month?',
  ],
  s3: ['Which buckets are there?', 'Find *.csv'],
  jira: ['How many open issues per project?', 'The newest open bugs', 'Which issues are overdue?'],
  shopify: ['What is low on stock?', 'Latest orders in Shopify', 'How many unfulfilled orders?'],
};
const mostExamples = 4;

/** Up to four questions that show what can be asked, one of each source in turn. */
export function exampleQuestions(sources: readonly Pick<SourceState, 'connector'>[]): string[] {
  const kinds = [...new Set(sources.map(({ connector = '' }) => connector))];
  const rounds = [0, 1, 2].flatMap((round) => kinds.map((kind) => questions[kind]?.[round]));
  return rounds.filter((question) => question !== undefined).slice(0, mostExamples);
}

/** The answer to a mention without a question. */
export function greeting(sources: readonly Pick<SourceState, 'connector'>[]): string {
  const examples = exampleQuestions(sources);
  const hello = 'Hi! Ask me about your data, in plain English.';
  if (examples.length === 0) return hello;
  return [`${hello} For example:`, ...examples.map((question) => `- ${question}`)].join('\n');
}

/** The answer to files that came without a word. */
export const onlyFiles =
  'I cannot read attached files yet. Ask me a question about your data in words, and I will look it up.';

/** Stands below an answer to a question that came with files. */
export const filesUnread = 'I cannot read attached files yet, so this answers your text alone.';
