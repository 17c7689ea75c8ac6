import { useState } from 'react';
import type { ThreadStatus } from '../../../slack/control-types.ts';
import { Problem } from '../blocks/problem.tsx';
import { control } from '../workspace/control.ts';
import { useDirectory } from '../workspace/directory.tsx';
import { useRotation } from './use-rotation.ts';

/** "ConnectorMCP is thinking…", what it says meanwhile, and a way to stop it when the app listens for that. */
export function StatusLine({ status }: { status: ThreadStatus }) {
  const { me, apps } = useDirectory();
  const app = apps.find(({ id }) => id === status.app_id);
  const meanwhile = useRotation(status.loading_messages);
  return (
    <div className="status-line">
      <span className="status-dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <p role="status">
        <b>{app?.name ?? 'The app'}</b> {status.status}
      </p>
      {/* Read aloud every few seconds, it would drown everything else. */}
      {meanwhile && (
        <span className="status-meanwhile" aria-hidden="true">
          {meanwhile}
        </span>
      )}
      {app?.stoppable && me && <StopButton status={status} user={me.id} />}
    </div>
  );
}

function StopButton({ status, user }: { status: ThreadStatus; user: string }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const stop = async () => {
    setBusy(true);
    const { channel, thread_ts } = status;
    const answer = await control.stop({ user, channel, thread_ts });
    setBusy(false);
    setProblem(answer.ok ? undefined : answer.message);
  };
  return (
    <>
      <button type="button" className="stop" disabled={busy} onClick={stop}>
        <svg viewBox="0 0 20 20" width="12" height="12" aria-hidden="true">
          <rect x="4" y="4" width="12" height="12" rx="1.5" />
        </svg>
        Stop
      </button>
      <Problem>{problem}</Problem>
    </>
  );
}
