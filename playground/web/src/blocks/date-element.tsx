import { useInteraction } from './interaction.tsx';
import { Problem } from './problem.tsx';
import { stringField } from './text-object.ts';

/** A date or a time of day; tells the app when it is set. */
export function DateElement({ element, blockId }: { element: unknown; blockId?: string }) {
  const { act, busy, problem } = useInteraction(element, blockId);
  const isTime = stringField(element, 'type') === 'timepicker';
  return (
    <>
      <input
        className="block-select"
        type={isTime ? 'time' : 'date'}
        aria-label={isTime ? 'Time' : 'Date'}
        defaultValue={stringField(element, isTime ? 'initial_time' : 'initial_date')}
        disabled={busy}
        onChange={({ target }) => target.value && act(target.value)}
      />
      <Problem>{problem}</Problem>
    </>
  );
}
