import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** What of a Slack app manifest matters here. */
const schema = z.object({
  features: z
    .object({
      bot_user: z.object({ display_name: z.string() }).optional(),
      agent_view: z.unknown().optional(),
      assistant_view: z.unknown().optional(),
      slash_commands: z
        .array(
          z.object({
            command: z.string().startsWith('/'),
            description: z.string().default(''),
            usage_hint: z.string().exactOptional(),
            should_escape: z.boolean().default(false),
          }),
        )
        .optional(),
    })
    .optional(),
  oauth_config: z
    .object({ scopes: z.object({ bot: z.array(z.string()).optional() }).optional() })
    .optional(),
  settings: z
    .object({
      event_subscriptions: z.object({ bot_events: z.array(z.string()).optional() }).optional(),
    })
    .optional(),
});

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
  scopes: string[];
  /** Whether the app has Slack's agent feature. */
  agent: boolean;
}

/** @throws Error saying in one sentence what is wrong with the manifest. */
export function toManifest(value: unknown): Manifest {
  const result = schema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new Error(
      `The app manifest is broken at ${issue?.path.join('.') || 'its top'}: ${issue?.message}.`,
    );
  }
  const { features = {}, oauth_config, settings } = result.data;
  const events = settings?.event_subscriptions?.bot_events;
  return {
    name: features.bot_user?.display_name ?? 'connector',
    commands: features.slash_commands ?? [],
    events: new Set(events ?? []),
    scopes: oauth_config?.scopes?.bot ?? [],
    agent: features.agent_view !== undefined || features.assistant_view !== undefined,
  };
}

/** A manifest file, or the app that may do everything when there is none. @throws Error naming the fault. */
export async function readManifest(file: URL): Promise<Manifest> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new Error(`The app manifest cannot be read: ${error.code}.`, { cause: error });
  });
  if (text === undefined) return { name: 'connector', scopes: [], agent: true };
  return toManifest(parse(text));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error('The app manifest is no valid JSON.', { cause: error });
  }
}
