import type { JiraSite } from '../jira-site.ts';
import { edgeOf } from './dates.ts';
import { JqlError } from './jql-error.ts';
import type { Scalar } from './search-field.ts';

interface JqlFunction {
  name: string;
  /** Gives several values: for IN, not for `=`. */
  list: boolean;
  /** Fewest and most arguments. */
  arity: [number, number];
  /** What it gives: `user`, `date` … */
  type: string;
  run(site: JiraSite, args: string[]): Scalar[];
}

const moments = (['Day', 'Week', 'Month', 'Year'] as const).flatMap((unit) =>
  (['start', 'end'] as const).map(
    (edge): JqlFunction => ({
      name: `${edge}Of${unit}`,
      list: false,
      arity: [0, 1],
      type: 'date',
      run: (site, [offset]) => {
        const ms = edgeOf(edge, unit, offset, site.now());
        if (ms === undefined)
          throw new JqlError(
            `Duration for function '${edge}Of${unit}' should have the format (+/-)n(yMwdhm), e.g -1M for 1 month earlier.`,
          );
        return [ms];
      },
    }),
  ),
);

const sprints = (['open', 'closed', 'future'] as const).map((kind): JqlFunction => {
  const state = kind === 'open' ? 'active' : kind;
  return {
    name: `${kind}Sprints`,
    list: true,
    arity: [0, 0],
    type: 'json',
    run: ({ data }) =>
      data.sprints.filter((sprint) => sprint.state === state).map(({ id }) => String(id)),
  };
});

const versions = ([true, false] as const).map(
  (released): JqlFunction => ({
    name: released ? 'releasedVersions' : 'unreleasedVersions',
    list: true,
    arity: [0, 10],
    type: 'version',
    run: ({ data }, keys) => {
      const projects = data.projects.filter(({ key }) => keys.length === 0 || keys.includes(key));
      return data.versions
        .filter((version) => version.released === released)
        .filter(({ projectId }) => projects.some(({ id }) => id === projectId))
        .map(({ id }) => id);
    },
  }),
);

/** The functions that a query may call. */
export const jqlFunctions: JqlFunction[] = [
  ...moments,
  ...sprints,
  ...versions,
  { name: 'now', list: false, arity: [0, 0], type: 'date', run: (site) => [site.now()] },
  { name: 'currentUser', list: false, arity: [0, 0], type: 'user', run: ({ data }) => [data.meId] },
  {
    name: 'membersOf',
    list: true,
    arity: [1, 1],
    type: 'user',
    run: ({ data }, [name = '']) => {
      const group = data.groups.find((each) => each.name.toLowerCase() === name.toLowerCase());
      if (!group)
        throw new JqlError(
          `Function 'membersOf' can not generate a list of usernames for group '${name}'; the group does not exist.`,
        );
      return group.userIds;
    },
  },
  {
    name: 'standardIssueTypes',
    list: true,
    arity: [0, 0],
    type: 'issuetype',
    run: ({ data }) => data.issueTypes.filter(({ level }) => level >= 0).map(({ id }) => id),
  },
  {
    name: 'subTaskIssueTypes',
    list: true,
    arity: [0, 0],
    type: 'issuetype',
    run: ({ data }) => data.issueTypes.filter(({ level }) => level < 0).map(({ id }) => id),
  },
  {
    name: 'linkedIssues',
    list: true,
    arity: [1, 2],
    type: 'issue',
    run: (site, [key = '', words]) => {
      const issue = site.findIssue(key);
      if (!issue)
        throw new JqlError(`Issue '${key}' could not be found in function 'linkedIssues'.`);
      return site.data.links.flatMap(({ from, to, typeId }) => {
        const type = site.data.linkTypes.find(({ id }) => id === typeId);
        if (from === issue.id && (!words || type?.outward === words)) return [to];
        return to === issue.id && (!words || type?.inward === words) ? [from] : [];
      });
    },
  },
  {
    name: 'watchedIssues',
    list: true,
    arity: [0, 0],
    type: 'issue',
    run: ({ data }) =>
      data.issues.filter(({ watcherIds }) => watcherIds.includes(data.meId)).map(({ id }) => id),
  },
];

/** The function of that name, in whatever case. Throws a `JqlError` for none, or for too many arguments. */
export function findFunction(name: string, args: string[]): JqlFunction {
  const found = jqlFunctions.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (!found) throw new JqlError(`Unable to find JQL function '${name}(${args.join(', ')})'.`);
  const [least, most] = found.arity;
  if (args.length < least || args.length > most)
    throw new JqlError(
      `Function '${found.name}' expected '${most}' arguments but received '${args.length}'.`,
    );
  return found;
}
