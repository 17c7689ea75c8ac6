import type { JiraSite } from '../jira-site.ts';
import { toSearchField } from './ordinary-field.ts';
import type { SearchField } from './search-field.ts';
import { specialFields } from './special-fields.ts';

/** All that a site's JQL can search by. Fields with the same name are all there. */
export function searchFields(site: JiraSite): SearchField[] {
  const own = site.data.fields
    .filter(({ clauses, kind }) => clauses.length > 0 && kind !== 'derived')
    .map((field) => toSearchField(site, field));
  return [...own, ...specialFields(site)];
}
