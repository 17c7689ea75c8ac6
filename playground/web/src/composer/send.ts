import type { ControlAnswer, State } from '../../../slack/control-types.ts';
import { control } from '../workspace/control.ts';

export interface Outgoing {
  user: string;
  channel: string;
  thread: string | undefined;
  text: string;
  commands: State['commands'];
}

/** Sends what was typed, as a message or as a slash command, and gives the answer. Slack has no commands in threads. */
export async function send(outgoing: Outgoing): Promise<ControlAnswer> {
  const { user, channel, thread, text, commands } = outgoing;
  const [, command, rest = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(text) ?? [];
  if (command === undefined) {
    return control.say({ user, channel, text, ...(thread !== undefined && { thread_ts: thread }) });
  }
  if (!commands.some((known) => known.command === command)) {
    return refused(`${command} is not a command. A message can't begin with a slash.`);
  }
  if (thread !== undefined) return refused(`${command} does not work in threads.`);
  return control.command({ user, channel, command, text: rest.trim() });
}

const refused = (message: string): ControlAnswer => ({ ok: false, error: 'refused', message });
