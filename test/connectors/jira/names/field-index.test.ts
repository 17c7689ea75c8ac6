import { expect, it } from 'vitest';
import { FieldIndex, fieldList } from '../../../../src/connectors/jira/names/field-index.ts';

const custom = (id: number, name: string, type = 'number') => ({
  id: `customfield_${id}`,
  name,
  custom: true,
  clauseNames: [`cf[${id}]`, name],
  schema: { type, custom: 'com.example:float' },
});

const index = new FieldIndex(
  fieldList.parse([
    { id: 'issuetype', name: 'Issue Type', clauseNames: ['issuetype', 'type'] },
    { id: 'duedate', name: 'Due date', clauseNames: ['due', 'duedate'] },
    { id: 'assignee', name: 'Assignee', clauseNames: ['assignee'], schema: { type: 'user' } },
    custom(1, 'Story Points'),
    custom(2, 'Team size'),
    custom(3, 'Team size'),
    { id: 'odd', name: 'Odd', schema: 'none', clauseNames: 7, custom: 'x' },
  ]),
);

it.each([
  ['assignee', 'assignee'],
  ['ISSUE TYPE', 'issuetype'],
  ['type', 'issuetype'],
  ['due', 'duedate'],
  ['Story points', 'customfield_1'],
  ['story_points', 'customfield_1'],
  ['cf[1]', 'customfield_1'],
  ['customfield_2', 'customfield_2'],
])('finds the field %s', (name, id) => {
  expect(index.find(name).id).toBe(id);
});

it.each<[name: string, says: RegExp]>([
  ['assigne', /there is no field "assigne"\. Try: Assignee/],
  ['Team size', /"Team size" is the name of 2 fields\. Try: .*customfield_2 .*customfield_3/],
  ['qqqqqqqq', /Try: search_fields/],
  ['constructor', /there is no field "constructor"/],
  ['__proto__', /there is no field "__proto__"/],
])('refuses %s with a way out', (name, says) => {
  expect(() => index.find(name)).toThrow(says);
});
