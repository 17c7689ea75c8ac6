import type { ThreadStatus } from '../../../slack/control-types.ts';
import { useDirectory } from '../workspace/directory.tsx';

/** "ConnectorMCP is thinking…" */
export function StatusLine({ status }: { status: ThreadStatus }) {
  const { app } = useDirectory();
  return (
    <p className="status-line" role="status">
      <span className="status-dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span>
        <b>{app.name}</b> {status.status}
      </span>
    </p>
  );
}
