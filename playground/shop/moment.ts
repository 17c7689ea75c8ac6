const minute = 60_000;
const day = 24 * 60 * minute;

/** Midnight UTC at the beginning of a day, milliseconds since 1970. */
export const startOfDay = (date: Date) => Math.floor(date.getTime() / day) * day;

/** `2026-11-22 08:15:00`, UTC, as MySQL reads it. */
export const toDateTime = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

/** `2026-11-22`, UTC. */
export const toDate = (ms: number) => new Date(ms).toISOString().slice(0, 10);

export const days = (count: number) => count * day;
export const minutes = (count: number) => count * minute;

/** Back from `2026-11-22 08:15:00`, UTC, to milliseconds since 1970. */
export const fromDateTime = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`);
