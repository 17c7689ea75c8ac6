import type { CommandRequest, Person } from '../control-types.ts';
import { typedText } from '../messages/typed-text.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { Apps } from '../workspace/apps.ts';
import { slackbot, team } from '../workspace/people.ts';
import { actingPerson, deliverInteraction, triggerOf } from './deliver-interaction.ts';
import type { ResponseContext } from './invitations.ts';
import { toPayloadChannel } from './place-of.ts';
import { respond } from './responses.ts';

/** Somebody runs a slash command. @throws Refusal `unknown_command`, `operation_timeout`, `dispatch_failed`. */
export async function runCommand(parts: Parts, request: CommandRequest): Promise<void> {
  const { workspace, apps, responseUrls } = parts;
  const person = actingPerson(parts, request.user);
  const channel = workspace.channel(request.channel);
  const { app, declared } = ownerOf(apps, person, request.command);
  const context: ResponseContext = { app, user: person.id, channel: channel.id };
  const payload = {
    token: 'playground',
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: toPayloadChannel(channel).name,
    user_id: person.id,
    user_name: person.name,
    command: request.command,
    text: declared?.should_escape ? typed(parts, request.text) : request.text,
    api_app_id: app.id,
    is_enterprise_install: 'false',
    response_url: responseUrls.create(context),
    ...triggerOf(parts, person, app, channel.id),
  };
  const answer = await deliverInteraction(app, 'command', request.command, payload).catch(
    (failure: unknown) => {
      if (failure instanceof Refusal) {
        const text = `${request.command} failed with the error "${failure.error}"`;
        workspace.post({ channel: channel.id, user: slackbot, text, ephemeral_to: person.id });
      }
      throw failure;
    },
  );
  respond(parts, context, answer);
}

/**
 * The app that declares a command; else the first that declares none at all and so takes any. People from outside have none,
 * as their workspace has not installed it.
 *
 * @throws Refusal `unknown_command`.
 */
function ownerOf(apps: Apps, person: Person, command: string) {
  const here = person.is_stranger ? [] : apps.list().filter((app) => app.installed);
  for (const app of here) {
    const declared = app.manifest.commands?.find((one) => one.command === command);
    if (declared) return { app, declared };
  }
  const app = here.find(({ manifest }) => manifest.commands === undefined);
  if (!app) throw new Refusal('unknown_command', [`no app has the command ${command}`]);
  return { app };
}

const typed = ({ workspace }: Parts, text: string) => typedText(text, workspace).text;
