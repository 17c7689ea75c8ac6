import type { AckFn, RespondArguments, RespondFn, SlashCommand } from '@slack/bolt';
import { type Directory, decide } from '../../agent/policy.ts';
import type { SourceState, SourceTest } from '../../agent/toolbox.ts';
import { publicMessage } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Preferences } from '../../store/preferences.ts';
import { slackErrorCode } from '../slack-error-code.ts';
import { sourceChosen, sourcesView, unknownSource } from '../views/datasource.ts';

/** The sources as a bot sees them, wherever their connectors run. */
export interface Sources {
  list(): Promise<SourceState[]>;
  /** A live test of all sources, or of the one named. */
  test(source?: string): Promise<SourceTest[]>;
}

/** What `/datasource` works with. */
export interface DatasourceParts {
  sources: Sources;
  preferences: Preferences;
  directory: Directory;
  log: Log;
}

interface CommandArgs {
  command: SlashCommand;
  ack: AckFn<string | RespondArguments>;
  respond: RespondFn;
}

/** `/datasource`, `/datasource test`, `/datasource <name>|auto`: only the person who typed it sees the answer. */
export const onDatasource =
  (parts: DatasourceParts) =>
  async ({ command, ack, respond }: CommandArgs): Promise<void> => {
    await ack();
    const answer = await answerTo(command, parts).catch((error: unknown) => {
      parts.log.error({ err: error, command: command.command }, 'a command failed');
      return { text: publicMessage(error) };
    });
    await respond({ response_type: 'ephemeral', ...answer });
  };

async function answerTo(command: SlashCommand, parts: DatasourceParts): Promise<RespondArguments> {
  const { sources, preferences, directory } = parts;
  const { team_id: team, channel_id: channel, user_id: person } = command;
  const decision = decide({
    subject: await directory.person(person),
    audience: await audienceOf(channel, directory),
  });
  if (!decision.allow) return { text: decision.message };

  const word = command.text.trim().toLowerCase();
  if (word === '' || word === 'test') {
    const inUse = await preferences.source(team, { channel, person });
    return sourcesView(await sources.test(), inUse);
  }
  const known = await sources.list();
  if (word !== 'auto' && !known.some(({ name }) => name === word))
    return unknownSource(word, known);
  await preferences.chooseSource(team, { type: 'person-in-channel', channel, person }, word);
  return sourceChosen(word, known);
}

/** A command also works where the bot is no member; then only the person who typed it can see the answer. */
const audienceOf = (channel: string, directory: Directory) =>
  directory.audience(channel).catch((error: Error) => {
    if (slackErrorCode(error.cause) !== 'channel_not_found') throw error;
    return { channel, kind: 'private' as const, external: false };
  });
