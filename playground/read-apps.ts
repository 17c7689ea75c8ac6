import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import type { DeliveryMode } from './slack/workspace/installed-app.ts';
import { parseManifest, toManifest } from './slack/workspace/manifest.ts';

/** An app to install: its manifest (`none`: it may do everything), and how it is reached. */
export interface AppToRun {
  /** The manifest's file as it was named; empty without one. */
  file: string;
  manifest: object | 'none';
  delivery: DeliveryMode;
}

const defaultFile = 'manifest.json';
const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Reads the manifests named on the command line, or the folder's own when none is.
 *
 * @param urls by the manifests' order: where the app takes requests, or `socket`
 * @throws Error in one sentence, naming the file
 */
export async function readApps(
  folder: string,
  files: string[],
  urls: string[],
): Promise<AppToRun[]> {
  const found = files.length > 0 ? await Promise.all(files.map(read)) : [await readOwn()];
  const surplus = urls[found.length];
  if (surplus !== undefined)
    throw new Error(`There are more --url than apps: “${surplus}” belongs to none.`);
  return found.map(({ file, manifest }, index) => ({
    file,
    manifest,
    delivery: deliveryOf(manifest, urls[index]),
  }));

  async function readOwn(): Promise<Pick<AppToRun, 'file' | 'manifest'>> {
    const text = await readText(defaultFile);
    return text === undefined
      ? { file: '', manifest: 'none' }
      : { file: defaultFile, manifest: parse(defaultFile, text) };
  }

  async function read(file: string) {
    if (['.yaml', '.yml'].includes(extname(file).toLowerCase()))
      throw new Error(
        `${file} is YAML; manifests are read as JSON, which Slack's app page offers too.`,
      );
    const text = await readText(file);
    if (text === undefined) throw new Error(`There is no manifest ${file}.`);
    return { file, manifest: parse(file, text) };
  }

  function readText(file: string): Promise<string | undefined> {
    return readFile(resolve(folder, file), 'utf8').catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return undefined;
      throw new Error(`The manifest ${file} cannot be read: ${cause.code}.`, { cause });
    });
  }
}

function parse(file: string, text: string): object {
  const value = parseJson(file, text);
  try {
    toManifest(value);
  } catch (cause) {
    throw new Error(`${file}: ${(cause as Error).message}`, { cause });
  }
  const manifest = value as { display_information?: unknown };
  // Slack requires it, and by its absence one knows a file that is something else, such as a package.json.
  if (manifest.display_information === undefined)
    throw new Error(`${file} is no app manifest: it has no display_information with a name.`);
  return manifest;
}

function parseJson(file: string, text: string): unknown {
  try {
    return parseManifest(text);
  } catch (cause) {
    throw new Error(
      `The manifest ${file} is no valid JSON: ${(cause as Error).message.replace(/\s+/g, ' ')}.`,
      {
        cause,
      },
    );
  }
}

/** What the command line says, else the manifest: HTTP when its address is on this machine. */
function deliveryOf(manifest: AppToRun['manifest'], named: string | undefined): DeliveryMode {
  if (named !== undefined)
    return named === 'socket' ? { mode: 'socket' } : { mode: 'http', url: named };
  const { socket_mode_enabled, event_subscriptions, interactivity } = settingsOf(manifest);
  const address = event_subscriptions?.request_url ?? interactivity?.request_url;
  const url = typeof address === 'string' ? URL.parse(address) : null;
  if (socket_mode_enabled === true || !url || !loopback.has(url.hostname))
    return { mode: 'socket' };
  return { mode: 'http', url: url.href };
}

interface Settings {
  socket_mode_enabled?: unknown;
  event_subscriptions?: { request_url?: unknown };
  interactivity?: { request_url?: unknown };
}

const settingsOf = (manifest: AppToRun['manifest']): Settings =>
  (manifest !== 'none' && (manifest as { settings?: Settings }).settings) || {};
