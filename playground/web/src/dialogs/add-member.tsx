import { type FormEvent, useId } from 'react';
import type { Channel } from '../../../slack/control-types.ts';
import { nameOf, useDirectory } from '../workspace/directory.tsx';

/** Chooses somebody who is not in the channel: people, apps, other bots. */
export function AddMember({
  channel,
  busy,
  onAdd,
}: {
  channel: Channel;
  busy: boolean;
  onAdd: (user: string) => void;
}) {
  const { people, apps } = useDirectory();
  const id = useId();
  const removed = new Set(apps.filter(({ installed }) => !installed).map(({ user }) => user));
  const others = [...people.values()].filter(
    (one) => !one.deleted && !removed.has(one.id) && !channel.members.includes(one.id),
  );
  if (others.length === 0) return null;
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onAdd(String(new FormData(event.currentTarget).get('member')));
  };
  return (
    <form className="sheet-row" onSubmit={add}>
      <label htmlFor={id}>Add a person or app</label>
      <select id={id} name="member" className="sheet-input">
        {others.map((one) => (
          <option key={one.id} value={one.id}>
            {nameOf(one)}
            {one.is_bot ? ' (app)' : ''}
          </option>
        ))}
      </select>
      <button type="submit" className="block-button" disabled={busy}>
        Add
      </button>
    </form>
  );
}
