import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import type { GraphqlAnswer } from './graphql-answer.ts';

type SearchNotes = NonNullable<NonNullable<GraphqlAnswer['extensions']>['search']>;

/**
 * Shopify leaves out a filter that it does not understand, and answers with rows that were not asked for. It says so
 * beside the data (`extensions.search[].warnings`), and then the rows must reach nobody.
 *
 * @throws ToolError `INVALID_ARGUMENT`
 */
export function refuseDroppedFilters(notes: SearchNotes) {
  for (const { path, warnings } of notes) {
    const [warning] = warnings ?? [];
    if (!warning) continue;
    const where = path.length > 0 ? ` of ${outsideText(path.join('.'), 100)}` : '';
    const field = warning.field ? ` ${JSON.stringify(outsideText(warning.field, 60))}` : '';
    const words = outsideText(warning.message, 200).replace(/\.$/, '');
    throw new ToolError('INVALID_ARGUMENT', `Shopify ignored the filter${field}${where}`, {
      why: `"${words}"; the rows it gave are not those that were asked for`,
      try: "a field of this search, with dates and values in quotes: created_at:>='2026-11-01'",
    });
  }
}
