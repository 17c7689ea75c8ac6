import { type FormEvent, useId, useState } from 'react';
import { Problem } from '../blocks/problem.tsx';
import { control } from '../workspace/control.ts';
import { useDirectory } from '../workspace/directory.tsx';
import { useAction } from '../workspace/use-action.ts';
import { Dialog } from './dialog.tsx';

/** Slack takes lower-case letters of any script, digits, `-` and `_`. */
const unfit = /[^\p{Ll}\p{Lo}\p{M}\p{N}_-]/gu;

/** By Slack's word. */
const sentences: Record<string, string> = {
  name_taken: 'There is a channel of that name already.',
  invalid_name_punctuation: 'A name needs a letter or a digit.',
};

/** Makes a channel, or finds one that was archived. */
export function AddChannel({
  onOpen,
  onClose,
}: {
  onOpen: (channel: string) => void;
  onClose: () => void;
}) {
  const { me, channels } = useDirectory();
  const { run, busy, problem } = useAction();
  const [name, setName] = useState('');
  const [isPrivate, setPrivate] = useState(false);
  const id = useId();
  const archived = [...channels.values()].filter((channel) => channel.archived);
  const leaveTo = (channel: string) => {
    onClose();
    onOpen(channel);
  };
  const create = async (event: FormEvent) => {
    event.preventDefault();
    const user = me?.id ?? '';
    const answer = await run(control.createChannel({ user, name, private: isPrivate }));
    if (answer.ok) leaveTo(answer.channel);
  };
  return (
    <Dialog title="Add a channel" onClose={onClose}>
      <form onSubmit={create}>
        <label htmlFor={id}>Name</label>
        <input
          id={id}
          className="sheet-input"
          value={name}
          maxLength={80}
          placeholder="plan-launch"
          autoComplete="off"
          // What a name can't have becomes what it can, or does not appear.
          onChange={({ target }) =>
            setName(target.value.toLowerCase().replace(/[\s.]/g, '-').replace(unfit, ''))
          }
        />
        <label className="sheet-check">
          <input
            type="checkbox"
            checked={isPrivate}
            onChange={({ target }) => setPrivate(target.checked)}
          />
          Private: only members find it
        </label>
        <div className="sheet-foot">
          <Problem>{problem && (sentences[problem] ?? problem)}</Problem>
          <button type="submit" className="block-button primary" disabled={busy || !name}>
            Create
          </button>
        </div>
      </form>
      {archived.length > 0 && (
        <>
          <h3>Archived channels</h3>
          <ul className="sheet-actions">
            {archived.map((channel) => (
              <li key={channel.id}>
                <button type="button" className="block-button" onClick={() => leaveTo(channel.id)}>
                  #{channel.name}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}
