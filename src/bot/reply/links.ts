/**
 * Whether a URL may be a link: https, a host on the list, no userinfo, and nothing that two parsers could read
 * differently.
 */
export function isAllowedUrl(url: string, allowedHosts: readonly string[]): boolean {
  const host = strictUrl.exec(url)?.[1]?.toLowerCase();
  return host !== undefined && allowedHosts.includes(host) && !url.includes('://', 8);
}

const strictUrl = /^https:\/\/([a-z0-9][a-z0-9.-]*(?::\d{1,5})?)(?:[/?#][\w.~!$&*+,;=:@/?#%-]*)?$/i;

/** Every URL that is not allowed, as text that no program takes for one: `https[:]//evil[.]example/x`. */
export const defangUrls = (text: string, allowedHosts: readonly string[]): string =>
  text.replaceAll(urlLike, (url: string, scheme: string | undefined, rest: string, at: number) => {
    const end = at + url.length;
    const isAllowed =
      isAllowedUrl(withoutTrailingPunctuation(url), allowedHosts) &&
      !goesOn(url, text.slice(end, end + 200));
    return isAllowed ? url : `${scheme ?? ''}[:]//${defangHost(rest)}`;
  });

/** Whether another reader may see a longer host: in `https://good\\@evil`, Markdown's escape gives `good@evil`. */
const goesOn = (url: string, after: string): boolean =>
  !/[/?#]/.test(url.slice(8)) && (after.startsWith('\\') || /^\S*@/.test(after));

const urlLike = /([a-z][a-z0-9+.-]{0,20})?:\/\/([^\s<>"'`|()[\]{}\\^]*)/gi;

const defangHost = (url: string): string => {
  const end = url.search(/[/?#]/);
  const host = end < 0 ? url : url.slice(0, end);
  const path = url.slice(host.length).replaceAll('://', '[:]//');
  return host.replaceAll(/(?<=[^.])\.(?=[^.\s])/g, '[.]') + path;
};

function withoutTrailingPunctuation(url: string): string {
  let end = url.length;
  while (end > 0 && '.,;:!?*_~'.includes(url.charAt(end - 1))) end--;
  return url.slice(0, end);
}
