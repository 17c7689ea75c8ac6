/** `2026-11-22 08:15:00`, UTC, as Shopify writes it: `2026-11-22T08:15:00Z`. */
export const toIso = (dateTime: string): string => `${dateTime.replace(' ', 'T')}Z`;

/** `Édition No. 4` → `edition-no-4`. */
export const toHandle = (title: string): string =>
  title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

/** Tags as Shopify keeps them: each once, whatever the case, in order of the alphabet. */
export function toLabels(tags: string[]): string[] {
  const known = new Map<string, string>();
  for (const tag of tags.map((each) => each.trim()).filter(Boolean))
    if (!known.has(tag.toLowerCase())) known.set(tag.toLowerCase(), tag);
  return [...known.values()].sort((a, b) => a.localeCompare(b));
}
