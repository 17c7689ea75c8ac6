import { type RefObject, useState } from 'react';
import type { ControlAnswer, Message } from '../../../slack/control-types.ts';
import { control } from '../workspace/control.ts';
import { useDirectory } from '../workspace/directory.tsx';
import { toHash } from '../workspace/place.ts';
import { useSaid } from '../workspace/use-said.ts';
import { isOwn, isTombstone } from './message-kinds.ts';
import { type MenuItem, messageShortcuts } from './message-menu.tsx';

interface Options {
  /** The row, whose shown words are what gets copied. */
  row: RefObject<HTMLElement | null>;
  onEdit: (ts: string) => void;
  onAskDelete: () => void;
}

/** What this person can do with a message, and how it came out: `problem` when it failed, `said` for a moment when it worked. */
export function useMessageActions(message: Message, { row, onEdit, onAskDelete }: Options) {
  const { me, apps } = useDirectory();
  const [problem, setProblem] = useState<string>();
  const [said, say] = useSaid();
  const { channel, ts } = message;
  const user = me?.id ?? '';

  const attempt = async (action: Promise<ControlAnswer>): Promise<boolean> => {
    const answer = await action;
    setProblem(answer.ok ? undefined : answer.message);
    return answer.ok;
  };
  const copy = async (text: string, what: string) => {
    try {
      await navigator.clipboard.writeText(text);
      say(`${what} copied`);
    } catch {
      setProblem('The browser did not let the page copy.');
    }
  };
  const address = () =>
    new URL(toHash({ me: user, channel, thread: message.thread_ts ?? ts }), location.href).href;
  const shownWords = () =>
    row.current?.querySelector<HTMLElement>('.message-content')?.innerText ?? message.text;

  const mine = isOwn(message, user) && !isTombstone(message);
  const menu = (): MenuItem[][] => [
    [
      { label: 'Copy link', run: () => void copy(address(), 'Link') },
      { label: 'Copy text', run: () => void copy(shownWords(), 'Text') },
    ],
    messageShortcuts(apps).map(({ name, callback_id, app }) => ({
      label: name,
      hint: app.name,
      run: () => void attempt(control.shortcut({ user, callback_id, app_id: app.id, channel, ts })),
    })),
    mine ? [{ label: 'Edit message', run: () => onEdit(ts) }] : [],
    mine ? [{ label: 'Delete message…', danger: true, run: onAskDelete }] : [],
  ];
  return {
    problem,
    said,
    /** What the menu offers, in groups. */
    menu,
    /** Adds this person's reaction, or takes it away when it is there. */
    react: (name: string) => {
      const mine = message.reactions?.find((one) => one.name === name)?.users.includes(user);
      return attempt(control.react({ user, channel, ts, name, remove: mine ?? false }));
    },
    remove: () => attempt(control.remove({ user, channel, ts })),
  };
}
