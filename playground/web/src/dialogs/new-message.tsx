import { type FormEvent, useState } from 'react';
import { Problem } from '../blocks/problem.tsx';
import { Avatar } from '../conversation/avatar.tsx';
import { control } from '../workspace/control.ts';
import { nameOf, useDirectory } from '../workspace/directory.tsx';
import { useAction } from '../workspace/use-action.ts';
import { Dialog } from './dialog.tsx';

/** Slack's DMs have at most nine people, oneself among them. */
const mostOthers = 8;

/** Chooses with whom to begin, or go on with, a direct message. */
export function NewMessage({
  onOpen,
  onClose,
}: {
  onOpen: (channel: string) => void;
  onClose: () => void;
}) {
  const { me, people, apps } = useDirectory();
  const { run, busy, problem } = useAction();
  const [chosen, setChosen] = useState<string[]>([]);
  const reachable = new Set(apps.filter(({ installed }) => installed).map(({ user }) => user));
  const others = [...people.values()].filter(
    (one) => one.id !== me?.id && !one.deleted && (!one.is_bot || reachable.has(one.id)),
  );
  const open = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await run(control.openDm({ user: me?.id ?? '', others: chosen }));
    if (!answer.ok) return;
    onClose();
    onOpen(answer.channel);
  };
  return (
    <Dialog title="New message" onClose={onClose}>
      <form onSubmit={open}>
        <fieldset className="person-choice">
          <legend>To one or several people or apps</legend>
          {others.map((one) => (
            <label key={one.id}>
              <input
                type="checkbox"
                checked={chosen.includes(one.id)}
                disabled={chosen.length >= mostOthers && !chosen.includes(one.id)}
                onChange={({ target }) =>
                  setChosen(
                    target.checked ? [...chosen, one.id] : chosen.filter((id) => id !== one.id),
                  )
                }
              />
              <Avatar person={one} size={24} />
              {nameOf(one)}
              {one.is_bot && <span className="badge">APP</span>}
            </label>
          ))}
        </fieldset>
        <div className="sheet-foot">
          <Problem>{problem}</Problem>
          <button
            type="submit"
            className="block-button primary"
            disabled={busy || chosen.length === 0}
          >
            Open
          </button>
        </div>
      </form>
    </Dialog>
  );
}
