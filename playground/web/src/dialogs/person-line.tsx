import type { ReactNode } from 'react';
import type { Person } from '../../../slack/control-types.ts';
import { Avatar } from '../conversation/avatar.tsx';
import { nameOf, useDirectory } from '../workspace/directory.tsx';

/** Somebody in a list: picture, name, what kind of member they are, and what can be done with them. */
export function PersonLine({ person, children }: { person: Person; children?: ReactNode }) {
  const { me } = useDirectory();
  return (
    <li className={person.deleted ? 'person-line gone' : 'person-line'}>
      <Avatar person={person} size={32} />
      <span className="person-name">
        <b>{nameOf(person)}</b>
        {person.id === me?.id && ' (you)'}
        {badgesOf(person).map((badge) => (
          <span key={badge} className="badge">
            {badge}
          </span>
        ))}
        <small>@{person.name}</small>
      </span>
      <span className="person-acts">{children}</span>
    </li>
  );
}

function badgesOf({ is_bot, is_restricted, is_stranger, deleted }: Person): string[] {
  const badges: [boolean, string][] = [
    [is_bot, 'APP'],
    [is_restricted, 'GUEST'],
    [is_stranger, 'EXTERNAL'],
    [deleted, 'DEACTIVATED'],
  ];
  return badges.filter(([holds]) => holds).map(([, badge]) => badge);
}
