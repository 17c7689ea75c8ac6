import { isAllowedUrl } from './links.ts';

/** `<`, also as an entity of any nesting: nobody may smuggle one through a second decoding. */
const lessThan = '(?:<|&(?:amp;)*(?:lt|#0{0,9}60|#x0{0,9}3c);)';
const greaterThan = '(?:>|&(?:amp;)*gt;)';
const mention = new RegExp(`${lessThan}([!@#])([^<>|&]*)(?:\\|([^<>&]*))?${greaterThan}`, 'gi');
/** A link, or what is left of a broken or nested token. */
const linkOrRest = new RegExp(
  `<([a-z][a-z0-9+.-]{0,30}:[^<>|\\s]*)(?:\\|([^<>\\n]*))?>|${lessThan}(?=[!@#])|<(?=[a-z][a-z0-9+.-]{0,30}:|[^\\s<>|]+\\|)`,
  'gi',
);

/**
 * Slack's own tokens (`<!channel>`, `<@U1>`, `<#C1>`, `<url|label>`) as the words they stand for: they ping and
 * link nobody. `toLink` writes a link that is allowed.
 */
export const withoutTokens = (
  text: string,
  allowedHosts: readonly string[],
  toLink: (url: string, label: string | undefined) => string,
): string =>
  text
    .replaceAll(mention, (_, kind: string, target: string, label: string | undefined) =>
      toWords(kind, target, label),
    )
    .replaceAll(linkOrRest, (_, url: string | undefined, label: string | undefined) => {
      if (url === undefined) return '< '; // with a space behind it, it begins nothing
      if (isAllowedUrl(url, allowedHosts)) return toLink(url, label);
      return label && label !== url ? `${label} (${url})` : url;
    });

function toWords(kind: string, target: string, label: string | undefined): string {
  if (kind === '#') return `#${label || target}`;
  if (kind === '!' && target.startsWith('date^')) return label ?? '';
  const name = label || target.replace(/^subteam\^/, '');
  return name.startsWith('@') ? name : `@${name.split('^', 1)[0]}`;
}
