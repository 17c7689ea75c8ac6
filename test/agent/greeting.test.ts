import { expect, it } from 'vitest';
import { exampleQuestions, greeting } from '../../src/agent/greeting.ts';

const sources = (...connectors: string[]) => connectors.map((connector) => ({ connector }));

it('gives each source its turn, and at most four examples', () => {
  expect(exampleQuestions(sources('jira', 'mysql', 's3', 'shopify'))).toEqual([
    'How many open issues per project?',
    'Show me the latest users',
    'Which buckets are there?',
    'What is low on stock?',
  ]);
  expect(exampleQuestions(sources('s3', 'jira'))).toHaveLength(4);
});

it('asks no source that is not connected', () => {
  const mentioned = exampleQuestions(sources('jira')).join(' ');
  expect(mentioned).toContain('issues');
  expect(mentioned).not.toMatch(/table|bucket|stock|users/);
});

it('counts several of one kind as one, and has no examples for servers of others', () => {
  expect(exampleQuestions(sources('mysql', 'mysql'))).toEqual(exampleQuestions(sources('mysql')));
  expect(exampleQuestions([{}])).toEqual([]);
  expect(greeting([{}])).toBe('Hi! Ask me about your data, in plain English.');
});

it('greets with a list', () => {
  expect(greeting(sources('s3'))).toMatch(/^Hi! .* For example:\n- Which buckets are there\?\n- /);
});
