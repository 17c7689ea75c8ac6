import { useMemo } from 'react';
import { Problem } from '../blocks/problem.tsx';
import { control } from '../workspace/control.ts';
import { useAction } from '../workspace/use-action.ts';
import { FaultForm } from './fault-form.tsx';
import type { InspectionLog } from './inspection-log.ts';
import { describeFault } from './to-fault.ts';

/** What goes wrong on request: faulty calls, connections that end. */
export function FaultsTab({ log: { faults, entries } }: { log: InspectionLog }) {
  const { run, busy, problem } = useAction();
  const methods = useMemo(() => {
    const called = entries.flatMap((entry) => (entry.type === 'call' ? [entry.call.method] : []));
    return [...new Set(called)].sort();
  }, [entries]);
  return (
    <div className="faults">
      <FaultForm methods={methods} />
      <h3>Active</h3>
      {faults.length === 0 && <p className="nothing">None: every call goes through.</p>}
      <ul>
        {faults.map((fault) => (
          <li key={fault.id}>
            {describeFault(fault)}
            <button
              type="button"
              className="block-button"
              aria-label={`End: ${describeFault(fault)}`}
              disabled={busy}
              onClick={() => run(control.unfault({ id: fault.id }))}
            >
              End
            </button>
          </li>
        ))}
      </ul>
      <div className="fault-buttons">
        {faults.length > 1 && (
          <button
            type="button"
            className="block-button"
            disabled={busy}
            onClick={() => run(control.unfault({}))}
          >
            End all
          </button>
        )}
      </div>
      <h3>Socket Mode connections</h3>
      <div className="fault-buttons">
        <button
          type="button"
          className="block-button"
          disabled={busy}
          title="Asks every connection to come back anew, as Slack does about hourly"
          onClick={() => run(control.refreshSockets())}
        >
          Refresh
        </button>
        <button
          type="button"
          className="block-button danger"
          disabled={busy}
          title="Ends every connection without a word"
          onClick={() => run(control.cutSockets())}
        >
          Cut
        </button>
      </div>
      <Problem>{problem}</Problem>
    </div>
  );
}
