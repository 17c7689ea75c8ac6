import { parseArgs } from 'node:util';
import type { Limits } from './slack/control-types.ts';
import { limitNames } from './slack/limits/limits.ts';

export const usage = `npm run playground [-- options]        a Slack on this machine, for any Slack app

  --manifest PATH   an app, by its manifest (JSON); once for each app. Default: ./manifest.json, or else
                    an app that may do everything
  --port N          where Slack is, 4280 unless told; 0 takes a free one
  --url URL         where an app takes Slack's requests (http://127.0.0.1:3000/slack/events), once for each app in
                    the manifests' order; \`socket\` for Socket Mode. Default: the manifest's request_url when that is
                    on this machine, else Socket Mode
  --off LIMITS      limits not to keep: rates, scopes, deadlines, sizes, blocks; separated by commas
  --help            this`;

export interface PlaygroundOptions {
  help: boolean;
  port: number;
  /** As they were typed. */
  manifests: string[];
  /** By the manifests' order: an address, or `socket`. */
  urls: string[];
  off: (keyof Limits)[];
}

const options = {
  manifest: { type: 'string', multiple: true },
  port: { type: 'string', default: '4280' },
  url: { type: 'string', multiple: true },
  off: { type: 'string', multiple: true },
  help: { type: 'boolean', default: false },
} as const;

/** Reads the command line. @throws Error in one sentence, naming what is wrong. */
export function readOptions(args: string[]): PlaygroundOptions {
  const { manifest = [], port, url = [], off = [], help } = parse(args);
  return {
    help,
    port: toPort(port),
    manifests: manifest,
    urls: url.map(toUrl),
    off: off.flatMap((names) => names.split(',')).map(toLimit),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options }).values;
  } catch (cause) {
    const [first] = (cause as Error).message.split(/\.?\s(?=To specify|This command)|\n/);
    throw new Error(`${first?.replace(/\.$/, '')}; \`--help\` lists the options.`, { cause });
  }
}

/** What was given as `--port`. @throws Error when it is no port number. */
export function toPort(text: string): number {
  const port = Number(text);
  if (text.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port takes a port number; got “${text}”.`);
  return port;
}

function toUrl(text: string): string {
  const isWeb = ['http:', 'https:'].includes(URL.parse(text)?.protocol ?? '');
  if (text !== 'socket' && !isWeb)
    throw new Error(
      `--url takes an address like http://127.0.0.1:3000/slack/events, or \`socket\`; got “${text}”.`,
    );
  return text;
}

function toLimit(name: string): keyof Limits {
  const limit = limitNames.find((one) => one === name.trim());
  if (limit) return limit;
  throw new Error(
    `--off takes ${limitNames.join(', ')}, separated by commas; got “${name.trim()}”.`,
  );
}
