import { beforeOpenSecret, redact } from '../../redact.ts';
import { defangHosts } from './bare-hosts.ts';
import { defangUrls, isAllowedUrl } from './links.ts';
import { withoutTokens } from './slack-tokens.ts';
import { visibleText } from './visible-text.ts';

/** Where a text goes: a `markdown` block, a `mrkdwn` object, or the plain `text` beside blocks. */
export type TextKind = 'markdown' | 'mrkdwn' | 'plain';

export interface GateOptions {
  kind: TextKind;
  /** Hosts (with port, if any) that may be linked to, by https only. */
  allowedHosts: readonly string[];
  /** Configured secrets; those shorter than 8 characters are ignored. */
  secrets: readonly string[];
}

/**
 * The one function that every text on its way to Slack passes: no pings, no images, links only to allowed hosts
 * (others as text with the host visible), nothing invisible, no secrets; escaped as its kind needs.
 *
 * Total, linear, and idempotent: what passed once passes again unchanged. Code is treated like the rest, because
 * Slack looks for tokens there too.
 */
export function outputGate(text: string, options: GateOptions): string {
  let gated = text;
  // Taking one thing out can bring another one about; in practice the second pass changes nothing.
  for (let pass = 0; pass < 5; pass++) {
    const next = onePass(gated, options);
    if (next === gated) return gated;
    gated = next;
  }
  return gated;
}

/** The gate as the reply uses it, with what the deployment allows and hides. */
export interface Gate {
  pass(text: string, kind: TextKind): string;
  /** Text still being written, without the beginning of a secret at its end. */
  holdBack(text: string): string;
}

/** A gate for one deployment. */
export function createGate(options: Omit<GateOptions, 'kind'>): Gate {
  return {
    pass: (text, kind) => outputGate(text, { ...options, kind }),
    holdBack: (text) => beforeOpenSecret(text, options.secrets),
  };
}

function onePass(text: string, { kind, allowedHosts, secrets }: GateOptions): string {
  const clean = redact(visibleText(text), secrets);
  const words = withoutTokens(clean, allowedHosts, linkWriters[kind]);
  const linked = kind === 'markdown' ? withoutForeignLinks(words, allowedHosts) : words;
  const safe = defangHosts(defangUrls(linked, allowedHosts), {
    allowedHosts,
    hasCode: kind !== 'plain',
  });
  return kind === 'markdown' ? safe : escapeEntities(safe, kind, allowedHosts);
}

const linkWriters: Record<TextKind, (url: string, label: string | undefined) => string> = {
  markdown: (url, label) => (label ? `[${label.replaceAll(/[[\]]/g, '')}](${url})` : url),
  mrkdwn: (url, label) => (label === undefined ? `<${url}>` : `<${url}|${label}>`),
  plain: (url, label) => (label && label !== url ? `${label} (${url})` : url),
};

/** Markdown's images and links: an image becomes a link, a link to a host that is not allowed becomes text. */
function withoutForeignLinks(text: string, allowedHosts: readonly string[]): string {
  const isAllowed = (url: string | undefined) => !!url && isAllowedUrl(url, allowedHosts);
  return text
    .replaceAll(/!+\[/g, '[')
    .replaceAll(/\[([^[\]\n]*)\]\(([^()\s]*)\)/g, (whole, label: string, url: string) => {
      if (isAllowed(url) || !looksLikeTarget.test(url)) return whole;
      return label && label !== url ? `${label} (${url})` : url;
    })
    .replaceAll(/\](\(\s*)([^()\s]*)(\)?)/g, (whole, open: string, url: string, close: string) =>
      (close && open === '(' && isAllowed(url)) || !looksLikeTarget.test(url)
        ? whole
        : `] ${whole.slice(1)}`,
    )
    .replaceAll(definitionLine, (line: string) => line.replaceAll(']:', '] :'))
    .replaceAll(/\]:(?=\s*[\\/])/g, '] :');
}

/** `[name]: target`, which makes every `[name]` a link. With a space before the colon it is text. */
const definitionLine = /^[ \t>*+\-\d.)]{0,60}\[[^\n]*\]:(?!\s*https:\/\/)/gm;

/** What can lead somewhere; `handlers[key](event)` in code does not. */
const looksLikeTarget = /[/.:\\&%@<]/;

/** Slack's three entities, once; links that were allowed keep their brackets. */
const escapeEntities = (text: string, kind: TextKind, allowedHosts: readonly string[]): string =>
  text.replaceAll(
    escapable,
    (match: string, url: string | undefined, label: string | undefined) => {
      if (url === undefined) return entities[match] ?? match;
      if (kind === 'mrkdwn' && isAllowedUrl(url, allowedHosts))
        return `<${escapeAll(url)}${label === undefined ? '' : `|${escapeAll(label)}`}>`;
      return escapeAll(match);
    },
  );

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapable = /<(https:\/\/[^\s<>|]*)(?:\|([^<>|\n]*))?>|[<>]|&(?!(?:amp|lt|gt);)/g;
const escapeAll = (text: string) =>
  text.replaceAll(/[<>]|&(?!(?:amp|lt|gt);)/g, (match) => entities[match] ?? match);
