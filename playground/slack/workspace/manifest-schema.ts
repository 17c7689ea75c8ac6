import { z } from 'zod';
import { scopesOfEvent } from '../delivery/event-scopes.ts';

const flag = z.boolean().exactOptional();
const scopes = z
  .array(z.string().regex(/^[\w.:-]+$/, 'must be a scope such as chat:write'))
  .max(255)
  .exactOptional();
const suggestedPrompts = z
  .array(z.object({ title: z.string().min(1), message: z.string().min(1) }))
  .max(4)
  .exactOptional();

const command = z.object({
  command: z
    .string()
    .regex(/^\/\S{1,32}$/, 'must be a slash and 1 to 32 characters without spaces'),
  description: z.string().max(2_000).default(''),
  usage_hint: z.string().max(1_000).exactOptional(),
  should_escape: z.boolean().default(false),
});

const shortcut = z.object({
  name: z.string().min(1),
  type: z.enum(['message', 'global']),
  callback_id: z.string().min(1).max(255),
  description: z.string().max(150).default(''),
});

const features = z.object({
  app_home: z
    .object({
      home_tab_enabled: z.boolean().default(false),
      messages_tab_enabled: z.boolean().default(true),
      messages_tab_read_only_enabled: z.boolean().default(false),
    })
    .exactOptional(),
  bot_user: z
    .object({
      display_name: z
        .string()
        .max(80)
        .regex(/^[a-z0-9._-]+$/, 'may have only a-z, 0-9, -, _ and .'),
      always_online: flag,
    })
    .exactOptional(),
  agent_view: z
    .object({
      agent_description: z.string().max(300).exactOptional(),
      suggested_prompts: suggestedPrompts,
    })
    .exactOptional(),
  assistant_view: z
    .object({
      assistant_description: z.string().max(300).exactOptional(),
      suggested_prompts: suggestedPrompts,
    })
    .exactOptional(),
  slash_commands: z.array(command).max(50).exactOptional(),
  shortcuts: z.array(shortcut).max(10).exactOptional(),
  unfurl_domains: z.array(z.string()).max(5).exactOptional(),
});

/** A Slack app manifest, as far as it matters here, with the limits that Slack documents. */
export const manifestSchema = z
  .object({
    display_information: z
      .object({
        name: z.string().min(1).max(35),
        description: z.string().max(140).exactOptional(),
        long_description: z.string().max(4_000).exactOptional(),
        background_color: z
          .string()
          .regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i, 'must be a colour such as #1a1d21')
          .exactOptional(),
      })
      .exactOptional(),
    features: features.default({}),
    oauth_config: z
      .object({
        redirect_urls: z.array(z.url()).max(1_000).exactOptional(),
        scopes: z.object({ bot: scopes, bot_optional: scopes, user: scopes }).exactOptional(),
      })
      .exactOptional(),
    settings: z
      .object({
        event_subscriptions: z
          .object({
            request_url: z.url().exactOptional(),
            bot_events: z.array(z.string().min(1)).max(100).exactOptional(),
          })
          .exactOptional(),
        interactivity: z
          .object({ is_enabled: flag, request_url: z.url().exactOptional() })
          .exactOptional(),
        allowed_ip_address_ranges: z.array(z.string()).max(10).exactOptional(),
        socket_mode_enabled: flag,
      })
      .exactOptional(),
  })
  .superRefine((manifest, context) => {
    for (const { path, message } of missingScopes(manifest))
      context.addIssue({ code: 'custom', path, message });
  });

interface Scoped {
  features: z.infer<typeof features>;
  oauth_config?: { scopes?: { bot?: string[]; bot_optional?: string[] } };
  settings?: { event_subscriptions?: { bot_events?: string[] } };
}

/** What the manifest declares without the scope for it. One that names no scopes at all is taken to have every one. */
function missingScopes({ features: declared, oauth_config, settings }: Scoped) {
  const { bot, bot_optional = [] } = oauth_config?.scopes ?? {};
  if (!bot) return [];
  const faults: { path: string[]; message: string }[] = [];
  const require = (path: string[], what: string, scopes: readonly string[]) => {
    if (scopes.length > 0 && !scopes.some((scope) => bot.includes(scope)))
      faults.push({
        path,
        message: `${what} needs the scope ${scopes.join(' or ')} in oauth_config.scopes.bot`,
      });
  };
  for (const event of settings?.event_subscriptions?.bot_events ?? [])
    require(['settings', 'event_subscriptions', 'bot_events'], event, scopesOfEvent(event));
  for (const kind of ['slash_commands', 'shortcuts'] as const)
    if (declared[kind]?.length) require(['features', kind], 'having any', ['commands']);
  for (const scope of bot_optional)
    require(['oauth_config', 'scopes', 'bot_optional'], `an optional ${scope}`, [scope]);
  return faults;
}
