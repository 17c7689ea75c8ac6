import type { AppInfo, ControlAnswer } from '../../../slack/control-types.ts';
import { control } from '../workspace/control.ts';

export interface Outgoing {
  user: string;
  channel: string;
  thread: string | undefined;
  text: string;
  /** Ids of uploaded files. */
  files: string[];
  apps: AppInfo[];
}

/** Sends what was typed, as a message or as a slash command, and gives the answer. The sentences about commands are Slack's. */
export async function send(outgoing: Outgoing): Promise<ControlAnswer> {
  const { user, channel, thread, text, files, apps } = outgoing;
  const [, command, rest = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(text) ?? [];
  if (command === undefined) {
    return control.say({
      user,
      channel,
      text: text.trim(),
      ...(thread !== undefined && { thread_ts: thread }),
      ...(files.length > 0 && { file_ids: files }),
    });
  }
  if (!apps.some((app) => app.installed && app.commands.some((one) => one.command === command))) {
    return refused(
      `${command} is not a valid command. To send a message that begins with a slash, put a space before it.`,
    );
  }
  if (thread !== undefined) return refused(`${command} is not supported in threads. Sorry!`);
  if (files.length > 0)
    return refused(`${command} takes no files. Remove them, or send a message.`);
  return control.command({ user, channel, command, text: rest.trim() });
}

const refused = (message: string): ControlAnswer => ({ ok: false, error: 'refused', message });
