import { readFile } from 'node:fs/promises';
import type { Shortcut } from '../control-types.ts';
import { manifestSchema } from './manifest-schema.ts';

/** The app as its manifest declares it. Without a manifest everything is allowed. */
export interface Manifest {
  /** The handle that people mention. */
  name: string;
  /** Absent: any command exists. */
  commands?: {
    command: string;
    description: string;
    usage_hint?: string;
    should_escape: boolean;
  }[];
  /** Absent: all. */
  events?: Set<string>;
  /** Absent: all. Slack itself would not install such an app. */
  scopes?: Set<string>;
  shortcuts: Shortcut[];
  homeTab: boolean;
  /** Whether people may write to it in its DM. */
  messagesTab: boolean;
  /** Whether its DM shows messages at all; else the app cannot write there either. */
  showsMessages: boolean;
  /** Whether the app has Slack's agent feature. */
  agent: boolean;
}

/** @throws Error saying in one sentence what is wrong with the manifest. */
export function toManifest(value: unknown): Manifest {
  const result = manifestSchema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new Error(
      `The app manifest is broken at ${issue?.path.join('.') || 'its top'}: ${issue?.message}.`,
    );
  }
  const { features, oauth_config, settings } = result.data;
  const scopes = oauth_config?.scopes?.bot;
  const events = settings?.event_subscriptions?.bot_events;
  return {
    name: features.bot_user?.display_name ?? 'connector',
    commands: features.slash_commands ?? [],
    events: new Set(events ?? []),
    ...(scopes && { scopes: new Set(scopes) }),
    shortcuts: features.shortcuts ?? [],
    homeTab: features.app_home?.home_tab_enabled ?? false,
    showsMessages: features.app_home?.messages_tab_enabled ?? true,
    messagesTab:
      (features.app_home?.messages_tab_enabled ?? true) &&
      features.app_home?.messages_tab_read_only_enabled !== true,
    agent: features.agent_view !== undefined || features.assistant_view !== undefined,
  };
}

/** What an app may do that has no manifest: everything. */
export const permissive: Manifest = {
  name: 'connector',
  shortcuts: [],
  homeTab: true,
  messagesTab: true,
  showsMessages: true,
  agent: true,
};

/** A manifest file, or the app that may do everything when there is none. @throws Error naming the fault. */
export async function readManifest(file: URL): Promise<Manifest> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new Error(`The app manifest cannot be read: ${error.code}.`, { cause: error });
  });
  if (text === undefined) return permissive;
  return toManifest(parse(text));
}

/** The JSON of a manifest, which may begin with a byte order mark, as some editors write. @throws SyntaxError. */
export const parseManifest = (text: string): unknown => JSON.parse(text.replace(/^\uFEFF/, ''));

function parse(text: string): unknown {
  try {
    return parseManifest(text);
  } catch (error) {
    throw new Error('The app manifest is no valid JSON.', { cause: error });
  }
}
