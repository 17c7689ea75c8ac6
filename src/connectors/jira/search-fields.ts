import { z } from 'zod';
import { nearest } from '../../nearest.ts';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { fitItems } from '../fit-items.ts';
import { anyList, truncated } from './arguments.ts';
import type { Jira } from './jira.ts';
import type { Field } from './names/field-index.ts';

export const searchFields = (jira: Jira) =>
  defineTool({
    name: 'search_fields',
    description: 'Find fields by a part of their name, with type and names in JQL.',
    input: z.object({ query: z.string().optional() }),
    output: z.looseObject({ fields: anyList, truncated }),
    annotations: readsOnly,
    async run({ query = '' }, { signal }) {
      const { all } = await jira.fields(signal);
      const found = all.filter((field) => matches(field, query.trim().toLowerCase()));
      const close = found.length > 0 ? [] : near(all, query);
      const { items, truncated } = fitItems((found.length > 0 ? found : close).map(showField));
      const note =
        found.length > 0
          ? []
          : [close.length > 0 ? 'None matches; these are near.' : 'None matches.'];
      return {
        fields: items,
        count: items.length,
        truncated,
        ...(note.length > 0 && { notes: note }),
      };
    },
  });

const matches = ({ id, name, jqlNames }: Field, query: string) =>
  [id, name, ...jqlNames].some((text) => text.toLowerCase().includes(query));

function near(fields: readonly Field[], query: string): Field[] {
  const names = nearest(
    query,
    fields.map(({ name }) => name),
    8,
  );
  return fields.filter(({ name }) => names.includes(name));
}

const showField = ({ id, name, type, custom, kind, jqlNames }: Field) => ({
  id,
  name,
  type: custom && kind ? `${type} (${kind})` : type,
  jql: jqlNames,
});
