import { get } from 'node-emoji';
import type { Message } from '../../../slack/control-types.ts';
import { control } from '../workspace/control.ts';
import { nameOf, useDirectory } from '../workspace/directory.tsx';

/** The reactions below a message; a click adds one's own or takes it back. */
export function MessageReactions({ message }: { message: Message }) {
  const { me, people } = useDirectory();
  if (!message.reactions?.length || !me) return null;
  return (
    <div className="reactions">
      {message.reactions.map(({ name, users, count }) => {
        const mine = users.includes(me.id);
        const who = users.map((id) => nameOf(people.get(id))).join(', ');
        return (
          <button
            key={name}
            type="button"
            aria-pressed={mine}
            title={`${who} reacted with :${name}:`}
            onClick={() =>
              control.react({
                user: me.id,
                channel: message.channel,
                ts: message.ts,
                name,
                remove: mine,
              })
            }
          >
            {get(name) ?? `:${name}:`} <span>{count}</span>
          </button>
        );
      })}
    </div>
  );
}
