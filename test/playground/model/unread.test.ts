import { expect, it } from 'vitest';
import { readConversation } from '../../../playground/model/rules/conversation.ts';
import { readDigests } from '../../../playground/model/rules/schema.ts';
import { understand } from '../../../playground/model/rules/understand.ts';

const schema = readDigests(`
zoo.animals (~90 rows): id int PK, name varchar(9), kind varchar(9), weight decimal(9,2), food int, born datetime [time]
zoo.visits (~9 rows): id int PK, animal_id int → animals.id, paid decimal(9,2), came datetime [time]
`);

const ask = (...questions: string[]) =>
  understand(
    readConversation({
      model: 'any',
      max_tokens: 1,
      messages: questions.flatMap((content) => [
        { role: 'user' as const, content },
        { role: 'assistant' as const, content: 'Well.' },
      ]),
    }),
    schema,
  );

it.each<[string[], string[]]>([
  [['how many animals are asleep since lunch?'], ['since', 'lunch']],
  [['how many animals except lions?'], ['except', 'lions']],
  [['visits this week compared to last week'], ['compared', 'week']],
  [['animals and visits'], ['visits']],
  [['how many of my animals?'], ['my']],
  [['how many animals have more than 3 visits?'], ['more', 'than', '3', 'visits']],
  [['how many of the last 5 visits?'], ['last', '5']],
  [['animals not in Paris'], ['not', 'Paris']],
  [['latest animals', 'and half the visits'], ['half']],
  [['latest animals', 'and the first 2 blue visits'], ['blue']],
])('%j leaves %j unread', (questions, words) => {
  expect(ask(...questions)).toEqual({ type: 'unread', words });
});

it('takes no notice of what stands too far behind, and says so', () => {
  const question = `how many animals are there${' please'.repeat(80)} except lions`;
  expect(ask(question)).toMatchObject({ words: expect.arrayContaining(['except', 'lions']) });
});

it.each([
  'could you please show me all the animals?',
  'the 3 newest animals',
  'how many animals do we have in total?',
  'how many animals were never visited?',
  'animals without visits in march 2026',
  'most visited animals',
  'animals out of food',
  'which animals have no name?',
  'top 5 animals by weight',
  'average weight of the animals per kind',
  'animals with a weight over 20',
  'visits between 2026-01-01 and 2026-01-31',
  'how many animals born in 2024?',
  'animals that are not lions',
])('%j is read to the last word', (question) => {
  expect(ask(question)).toMatchObject({ type: 'query' });
});

it('goes on from the last question that was read', () => {
  const before = ask('latest animals', 'animals of mine', 'and the first 2 visits');
  expect(before).toMatchObject({
    query: { table: { name: 'visits' }, order: { descending: false }, limit: 2 },
  });
});
