import { ConfirmDialog } from './confirm-dialog.tsx';
import { Problem } from './problem.tsx';
import type { Control } from './use-control.ts';

/** What stands beside a control at times: the app's question before it acts, and what went wrong. */
export function ControlNotes({ control: { question, problem } }: { control: Control }) {
  return (
    <>
      {question && <ConfirmDialog question={question} />}
      <Problem>{problem}</Problem>
    </>
  );
}
