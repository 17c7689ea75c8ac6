/** Questions that show what can be asked; each needs one source only. */
export const exampleQuestions = [
  'Which tables are there?',
  'Show me the latest users',
  'How many orders came in this month?',
];

/** The answer to a mention without a question. */
export const greeting = [
  'Hi! Ask me about your data, in plain English. For example:',
  ...exampleQuestions.map((question) => `- ${question}`),
].join('\n');

/** The answer to files that came without a word. */
export const onlyFiles =
  'I cannot read attached files yet. Ask me a question about your data in words, and I will look it up.';

/** Stands below an answer to a question that came with files. */
export const filesUnread = 'I cannot read attached files yet, so this answers your text alone.';
