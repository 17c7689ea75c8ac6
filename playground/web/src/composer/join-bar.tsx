import type { Channel } from '../../../slack/control-types.ts';
import { Problem } from '../blocks/problem.tsx';
import { control } from '../workspace/control.ts';
import { useAction } from '../workspace/use-action.ts';

/** Stands in the composer's place in a channel that one only looks at. */
export function JoinBar({ user, channel }: { user: string; channel: Channel }) {
  const { run, busy, problem } = useAction();
  return (
    <div className="join-bar">
      <p>
        You are looking at <b>#{channel.name}</b>.
      </p>
      <button
        type="button"
        className="block-button primary"
        disabled={busy}
        onClick={() => run(control.join({ user, channel: channel.id }))}
      >
        Join
      </button>
      <Problem>{problem}</Problem>
    </div>
  );
}
