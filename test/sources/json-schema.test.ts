import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { schemaFile, toJsonSchemaText } from '../../src/sources/json-schema.ts';

it('stands in the repository as the code makes it; `npm run schema` writes it', async () => {
  expect(await readFile(schemaFile, 'utf8')).toBe(toJsonSchemaText());
});
