import { expect, it } from 'vitest';
import packageJson from '../../../../package.json' with { type: 'json' };

it('finds all that is used of jira.js in the few files that it loads', async () => {
  // Fails with their names when a newer jira.js keeps some elsewhere: find them and mend the list of files.
  const { jiraJs } = await import('../../../../src/connectors/jira/api/jira-js.ts');
  expect(jiraJs).toMatchObject({ getIssue: expect.any(Function), getBoard: expect.any(Function) });
});

it('has jira.js pinned to one version, whose files stay where they are', () => {
  expect(packageJson.dependencies['jira.js']).toMatch(/^\d+\.\d+\.\d+$/);
});
