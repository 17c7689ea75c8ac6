/** `npm run manifest -- --url https://…` prints the manifest for HTTP delivery; without `--url`, the Socket Mode form. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { StartError } from '../errors.ts';

interface Manifest {
  features: { slash_commands: { command: string; url?: string }[] };
  settings: {
    socket_mode_enabled: boolean;
    event_subscriptions: { request_url?: string; bot_events: string[] };
    interactivity: { request_url?: string; is_enabled: boolean };
  };
}

/**
 * The Socket Mode manifest as one for HTTP delivery to `<address>/slack/events`.
 *
 * @throws StartError when `address` is no https address: Slack delivers to nothing else.
 */
export function toHttpManifest<M extends Manifest>(manifest: M, address: string): M {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:')
    throw new StartError(
      `--url takes the https address where Slack reaches this app, e.g. https://bot.example.com; got “${address}”.`,
    );
  const base = url.pathname.replace(/\/+$/, '').replace(/\/slack\/events$/, '');
  const deliverTo = new URL(`${base}/slack/events`, url).href;
  const { features, settings } = manifest;
  return {
    ...manifest,
    features: {
      ...features,
      slash_commands: features.slash_commands.map((command) => ({ ...command, url: deliverTo })),
    },
    settings: {
      ...settings,
      event_subscriptions: { request_url: deliverTo, ...settings.event_subscriptions },
      interactivity: { ...settings.interactivity, request_url: deliverTo },
      socket_mode_enabled: false,
    },
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { url: { type: 'string' } } });
  const manifest = JSON.parse(
    await readFile(new URL('../../manifest.json', import.meta.url), 'utf8'),
  );
  const printed = values.url === undefined ? manifest : toHttpManifest(manifest, values.url);
  process.stdout.write(`${JSON.stringify(printed, undefined, 2)}\n`);
}

if (import.meta.main)
  await main().catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
