import type { JiraField } from '../jira-fields.ts';
import type { JiraSite } from '../jira-site.ts';
import { jqlFunctions } from '../jql/functions.ts';
import { reservedWords } from '../jql/reserved-words.ts';
import { checkJql } from '../jql/run-jql.ts';
import { searchFields } from '../jql/search-fields.ts';
import { toStructure } from '../jql/structure.ts';
import { Refusal } from '../refusal.ts';
import type { JiraCall, Routes } from '../router.ts';

export const jqlRoutes: Routes = {
  'POST /rest/api/3/jql/parse': parseQueries,
  'GET /rest/api/3/jql/autocompletedata': ({ site }) => referenceData(site),
  'POST /rest/api/3/jql/autocompletedata': ({ site }) => referenceData(site),
  'GET /rest/api/3/jql/autocompletedata/suggestions': suggest,
};

const maxQueries = 100;

function parseQueries({ site, query, body }: JiraCall) {
  const queries = Array.isArray(body.queries) ? body.queries.map(String) : [];
  if (queries.length === 0 || queries.length > maxQueries)
    throw new Refusal(400, `Between 1 and ${maxQueries} queries must be given.`);
  const validation = query.get('validation') ?? 'strict';
  return {
    queries: queries.map((jql) => {
      const { query: parsed, errors } = checkJql(site, jql);
      const structure = parsed ? { structure: toStructure(parsed) } : {};
      if (errors.length === 0 || (validation === 'none' && parsed))
        return { query: jql, ...structure };
      if (validation === 'warn' && parsed) return { query: jql, ...structure, warnings: errors };
      return { query: jql, errors };
    }),
  };
}

function referenceData(site: JiraSite) {
  return {
    visibleFieldNames: searchFields(site).map(({ name, fieldId, operators, sortable, type }) => {
      const number = /^customfield_(\d+)$/.exec(fieldId)?.[1];
      return {
        value: number ? `cf[${number}]` : name,
        displayName: number ? `${name} - cf[${number}]` : name,
        orderable: String(sortable),
        searchable: 'true',
        ...(number ? { cfid: `cf[${number}]` } : {}),
        operators,
        types: [type],
      };
    }),
    visibleFunctionNames: jqlFunctions.map(({ name, list, type }) => ({
      value: `${name}()`,
      displayName: `${name}()`,
      ...(list ? { isList: 'true' } : {}),
      types: [type],
    })),
    jqlReservedWords: [...reservedWords],
  };
}

const maxSuggestions = 15;

/** Values of a field that begin as what was typed. */
function suggest({ site, query }: JiraCall) {
  const wanted = (query.get('fieldName') ?? '').toLowerCase();
  const typed = (query.get('fieldValue') ?? '').toLowerCase();
  const field = site.data.fields.find(
    ({ id, clauses }) => id === wanted || clauses.some((name) => name.toLowerCase() === wanted),
  );
  if (!field) throw new Refusal(400, `The field '${query.get('fieldName')}' was not found.`);
  return {
    results: valuesOf(site, field)
      .filter(({ name }) => name.toLowerCase().startsWith(typed))
      .slice(0, maxSuggestions)
      .map(({ name, id }) => ({
        // People are told apart by their account alone.
        value: field.of === 'users' ? id : /\W/.test(name) ? `"${name}"` : name,
        displayName: typed
          ? `<b>${name.slice(0, typed.length)}</b>${name.slice(typed.length)}`
          : name,
      })),
  };
}

function valuesOf(site: JiraSite, { id, of }: JiraField): { id: string; name: string }[] {
  if (of === 'options') return site.data.options.filter(({ fieldId }) => fieldId === id);
  if (of) return site.entities(of);
  const values = site.data.issues.flatMap(({ values }) => values[id] ?? []);
  return [...new Set(values)].map((value) => ({ id: String(value), name: String(value) }));
}
