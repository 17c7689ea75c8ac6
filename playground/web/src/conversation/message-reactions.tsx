import type { Reaction } from '../../../slack/control-types.ts';
import { type Directory, nameOf, useDirectory } from '../workspace/directory.tsx';
import { pictureOf } from './emojis.ts';

interface Props {
  reactions: Reaction[];
  onReact: (name: string) => void;
}

/** The reactions below a message; a click adds one's own or takes it back. */
export function MessageReactions({ reactions, onReact }: Props) {
  const directory = useDirectory();
  return (
    <div className="reactions">
      {reactions.map(({ name, users, count }) => (
        <button
          key={name}
          type="button"
          aria-pressed={users.includes(directory.me?.id ?? '')}
          aria-label={`${name}, ${count} ${count === 1 ? 'reaction' : 'reactions'}`}
          title={`${whoReacted(users, directory)} reacted with :${name}:`}
          onClick={() => onReact(name)}
        >
          {pictureOf(name)} <span>{count}</span>
        </button>
      ))}
    </div>
  );
}

const mostNames = 20;

/** `You, Luis Ortega and Mei Tanaka` */
function whoReacted(users: string[], { me, people }: Directory): string {
  const names = users
    .toSorted((a, b) => Number(b === me?.id) - Number(a === me?.id))
    .map((id) => (id === me?.id ? 'You' : nameOf(people.get(id))));
  const shown = names.slice(0, mostNames);
  const rest = names.length - shown.length;
  return new Intl.ListFormat('en').format(rest > 0 ? [...shown, `${rest} others`] : shown);
}
