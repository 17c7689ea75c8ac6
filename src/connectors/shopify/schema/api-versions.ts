/** The versions of the Admin API that the connector knows, the newest first: stable ones on 2026-11-22. */
export const apiVersions = ['2026-10', '2026-07', '2026-04', '2026-01'] as const;

export type ApiVersion = (typeof apiVersions)[number];
