import { nearest } from '../../../nearest.ts';
import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import { projectKeyPattern } from '../env.ts';
import type { Jira } from '../jira.ts';

/**
 * The key of a project that was given by its key or its name. A key is believed; a name is looked up.
 *
 * @throws ToolError `NOT_FOUND` with near names, `REFUSED` for a project that is not to be seen.
 */
export async function findProject(jira: Jira, text: string, signal: AbortSignal): Promise<string> {
  const key = text.trim().toUpperCase();
  if (projectKeyPattern.test(key) && (key === text.trim() || (await isKnown(jira, key, signal)))) {
    requireAllowed(jira, key);
    return key;
  }
  const wanted = text.trim().toLowerCase();
  const projects = await jira.projects(signal);
  const found = projects.filter(({ name }) => name.toLowerCase() === wanted);
  if (found.length === 1 && found[0]) return found[0].key;
  return refuseProject(jira, text, signal);
}

const isKnown = async (jira: Jira, key: string, signal: AbortSignal) =>
  (await jira.projects(signal)).some((project) => project.key === key);

/** @throws ToolError `REFUSED` for a project that the operator has not named. */
export function requireAllowed(jira: Jira, projectKey: string): void {
  if (jira.isAllowed(projectKey)) return;
  throw new ToolError('REFUSED', `the project ${projectKey} is not to be seen by this bot`, {
    why: 'JIRA_PROJECTS names the projects that are',
    try: jira.allowedProjects.join(', '),
  });
}

/** Says that there is no such project, and which ones are near. */
export async function refuseProject(jira: Jira, text: string, signal: AbortSignal): Promise<never> {
  const projects = await jira.projects(signal);
  const names = new Map(
    projects.flatMap(
      ({ key, name }) =>
        [
          [key, key],
          [name, key],
        ] as const,
    ),
  );
  const keys = new Set(nearest(text.trim(), names.keys(), 5).map((name) => names.get(name)));
  const near = projects.filter(({ key }) => keys.has(key));
  const shown = (near.length > 0 ? near : projects.slice(0, 8)).map(
    ({ key, name }) => `${key} (${outsideText(name, 60)})`,
  );
  throw new ToolError(
    'NOT_FOUND',
    `there is no project "${outsideText(text, 60)}", or the account of this bot may not see it`,
    { try: shown.join(', ') || 'asking who may give the account the right to see a project' },
  );
}
