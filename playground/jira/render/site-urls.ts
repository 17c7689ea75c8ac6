/** Where the site says it is, whatever address it is reached at. */
export const siteUrl = 'https://lindenwares.atlassian.net';

/** The address of a thing, as it stands in `self`. */
export const selfUrl = (path: string) => `${siteUrl}/rest/api/3/${path}`;

/** `2026-11-20T08:15:00.000+0000`. */
export const toJiraTime = (ms: number) => new Date(ms).toISOString().replace('Z', '+0000');
