import { expect, it } from 'vitest';
import { learn, readDigests } from '../../../playground/model/rules/schema.ts';

it('reads tables, keys, references and times from a digest, whatever else stands in the prompt', () => {
  const { tables } = readDigests(`You are a bot. See shop.txt (old): not a table.
<digest source="mysql">
MariaDB 10.11, dates in time zone UTC. Default database: shop.
One line a table: database.table (rows, rounded): columns.
zoo.cage (~5000 rows): id int unsigned PK, size decimal(10,2), kind enum('a,b','it''s (c)'), built datetime [time]
zoo.animal (~3 rows): cage int → cage.id, keeper bigint → staff.people.id
zoo.\`odd \`\`name\`\`\` (view): \`a b\` varchar(20) → \`odd \`\`name\`\`\`.\`c d\`
zoo.nothing (~0 rows)
</digest>`);
  expect(tables).toEqual([
    {
      database: 'zoo',
      name: 'cage',
      rows: 5000,
      isComplete: true,
      columns: [
        { name: 'id', type: 'int unsigned', isKey: true, isTime: false },
        { name: 'size', type: 'decimal(10,2)', isKey: false, isTime: false },
        { name: 'kind', type: "enum('a,b','it''s (c)')", isKey: false, isTime: false },
        { name: 'built', type: 'datetime', isKey: false, isTime: true },
      ],
    },
    {
      database: 'zoo',
      name: 'animal',
      rows: 3,
      isComplete: true,
      columns: [
        {
          name: 'cage',
          type: 'int',
          isKey: false,
          isTime: false,
          refersTo: { table: 'cage', column: 'id' },
        },
        {
          name: 'keeper',
          type: 'bigint',
          isKey: false,
          isTime: false,
          refersTo: { table: 'people', column: 'id' },
        },
      ],
    },
    {
      database: 'zoo',
      name: 'odd `name`',
      isComplete: true,
      columns: [
        {
          name: 'a b',
          type: 'varchar(20)',
          isKey: false,
          isTime: false,
          refersTo: { table: 'odd `name`', column: 'c d' },
        },
      ],
    },
    { database: 'zoo', name: 'nothing', rows: 0, isComplete: false, columns: [] },
  ]);
});

it('takes the tables of a shortened digest as incomplete', () => {
  const text =
    'zoo.cage (~5 rows): id int PK\nOnly keys are shown here: use describe_table for the others.';
  expect(readDigests(text).tables).toMatchObject([{ name: 'cage', isComplete: false }]);
});

it('learns from tools, and the newest word counts', () => {
  const schema = readDigests('zoo.cage (~5 rows): id int PK');
  const call = (tool: string, input: Record<string, unknown>, data: unknown) => ({
    tool,
    input,
    result: { ok: true as const, data },
  });
  const { tables } = learn(schema, [
    call('list_tables', {}, { database: 'zoo', tables: [{ name: 'cage' }, { name: 'keeper' }] }),
    call(
      'describe_table',
      { table: 'cage' },
      {
        database: 'zoo',
        table: 'cage',
        columns: [
          { name: 'no', type: 'INT(11)' },
          { name: 'keeper', type: 'int' },
        ],
        primary_key: ['no'],
        foreign_keys: [{ columns: ['keeper'], ref_table: 'keeper', ref_columns: ['id'] }],
      },
    ),
    {
      tool: 'describe_table',
      input: { table: 'keeper' },
      result: { ok: false, error: 'NOT_FOUND' },
    },
  ]);
  expect(tables).toEqual([
    { database: 'zoo', name: 'keeper', columns: [], isComplete: false },
    {
      database: 'zoo',
      name: 'cage',
      isComplete: true,
      columns: [
        { name: 'no', type: 'int(11)', isKey: true, isTime: false },
        {
          name: 'keeper',
          type: 'int',
          isKey: false,
          isTime: false,
          refersTo: { table: 'keeper', column: 'id' },
        },
      ],
    },
  ]);
});

it.each([[null], [[]], ['text'], [{ tables: 'none' }], [{ columns: [null, 7] }]])(
  'does not stumble over %j as a result',
  (data) => {
    const calls = ['list_tables', 'describe_table'].map((tool) => ({
      tool,
      input: {},
      result: { ok: true as const, data },
    }));
    expect(() => learn({ tables: [] }, calls)).not.toThrow();
  },
);
