/** `npm run schema`: the JSON Schema of `connectormcp.json`, for editors. */
import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { sourcesFile } from './sources-file.ts';

/** Where it is committed. */
export const schemaFile = new URL('../../connectormcp.schema.json', import.meta.url);

/** The JSON Schema of `connectormcp.json`, as it stands in the repository. */
export function toJsonSchemaText(): string {
  const schema = z.toJSONSchema(sourcesFile, { io: 'input', target: 'draft-7' });
  return `${JSON.stringify({ title: 'connectormcp.json', ...schema }, undefined, 2)}\n`;
}

if (import.meta.main) await writeFile(schemaFile, toJsonSchemaText());
