import type { Channel } from '../../../slack/control-types.ts';
import { control } from '../workspace/control.ts';

/** Stands in the composer's place in a channel that one only looks at. */
export function JoinBar({ user, channel }: { user: string; channel: Channel }) {
  return (
    <div className="join-bar">
      <p>
        You are looking at <b>#{channel.name}</b>.
      </p>
      <button
        type="button"
        className="block-button primary"
        onClick={() => control.join({ user, channel: channel.id })}
      >
        Join
      </button>
    </div>
  );
}
