import { useId } from 'react';
import type { Person } from '../../../slack/control-types.ts';
import { Avatar } from '../conversation/avatar.tsx';
import { nameOf, useDirectory } from '../workspace/directory.tsx';

/** Who one is, and how to become somebody else. */
export function PersonMenu({ onChoose }: { onChoose: (id: string) => void }) {
  const { me, people } = useDirectory();
  const id = useId();
  const choices = [...people.values()].filter(
    (person) => !person.is_bot && (!person.deleted || person.id === me?.id),
  );
  return (
    <div className="person-menu">
      <Avatar person={me} size={32} />
      <label htmlFor={id}>You are</label>
      <select id={id} value={me?.id ?? ''} onChange={({ target }) => onChoose(target.value)}>
        {choices.map((person) => (
          <option key={person.id} value={person.id}>
            {nameOf(person)}
            {remark(person)}
          </option>
        ))}
      </select>
    </div>
  );
}

function remark({ is_restricted, is_stranger }: Person): string {
  if (is_stranger) return ' (external)';
  return is_restricted ? ' (guest)' : '';
}
