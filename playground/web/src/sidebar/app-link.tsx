import type { AppInfo } from '../../../slack/control-types.ts';
import { Problem } from '../blocks/problem.tsx';
import { Avatar } from '../conversation/avatar.tsx';
import { control } from '../workspace/control.ts';
import { useDirectory } from '../workspace/directory.tsx';
import { useAction } from '../workspace/use-action.ts';
import { Presence } from './presence.tsx';

/** An app with which this person has no DM yet: a click begins one. */
export function AppLink({ app, onOpen }: { app: AppInfo; onOpen: (channel: string) => void }) {
  const { me, people } = useDirectory();
  const { run, busy, problem } = useAction();
  const open = async () => {
    const answer = await run(control.openDm({ user: me?.id ?? '', others: [app.user] }));
    if (answer.ok) onOpen(answer.channel);
  };
  return (
    <>
      <button type="button" className="channel-link" disabled={busy} onClick={open}>
        <Avatar person={people.get(app.user)} size={20} />
        <span className="channel-name">{app.name}</span>
        <Presence app={app} />
      </button>
      <Problem>{problem}</Problem>
    </>
  );
}
