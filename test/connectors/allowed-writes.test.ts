import { expect, it } from 'vitest';
import { z } from 'zod';
import { toAllowedTools, writesVariable } from '../../src/connectors/allowed-writes.ts';
import { defineTool } from '../../src/connectors/connector.ts';

const variable = writesVariable(['write_object', 'delete_object']);

const tool = (name: string, readOnlyHint: boolean) =>
  defineTool({
    name,
    description: '',
    input: z.object({}),
    output: z.object({}),
    annotations: { readOnlyHint, openWorldHint: true },
    run: async () => ({}),
  });

it.each([
  [undefined, []],
  ['', []],
  ['write_object', ['write_object']],
  [' write_object , delete_object,', ['write_object', 'delete_object']],
  ['write_object delete_object', ['write_object', 'delete_object']],
])('reads %j', (text, names) => {
  expect(variable.parse(text)).toEqual(names);
});

it.each([
  ['write_objects', 'did you mean write_object?'],
  ['all', 'there is no writing tool "all"'],
  ['*', 'there is no writing tool "*"'],
  ['true', 'there is no writing tool "true"'],
])('refuses %j', (text, message) => {
  expect(variable.safeParse(text).error?.issues[0]?.message).toContain(message);
});

it('lists the tools that read, and those writes alone that are named', () => {
  const tools = [
    tool('read_object', true),
    tool('write_object', false),
    tool('delete_object', false),
  ];
  const names = (writes: string[]) => toAllowedTools(tools, writes).map(({ name }) => name);
  expect(names([])).toEqual(['read_object']);
  expect(names(['write_object'])).toEqual(['read_object', 'write_object']);
});
