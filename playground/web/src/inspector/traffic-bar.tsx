import { useDirectory } from '../workspace/directory.tsx';
import type { TrafficFilter, TrafficKind } from './traffic-filter.ts';

interface Props {
  filter: TrafficFilter;
  onFilter: (filter: TrafficFilter) => void;
  isPaused: boolean;
  onPause: () => void;
  onClear: () => void;
}

const kinds: Record<TrafficKind, string> = {
  call: 'Calls',
  event: 'Events',
  command: 'Commands',
  interactive: 'Interactions',
  suggestion: 'Suggestions',
};

/** What of the traffic to show. */
export function TrafficBar({ filter, onFilter, isPaused, onPause, onClear }: Props) {
  const { apps } = useDirectory();
  const set = (change: Partial<TrafficFilter>) => onFilter({ ...filter, ...change });
  return (
    <search className="traffic-bar" aria-label="Filter the traffic">
      <input
        type="search"
        placeholder="Filter by name, error or text"
        aria-label="Filter by name, error or text"
        value={filter.text}
        onChange={({ target }) => set({ text: target.value })}
      />
      <select
        aria-label="Kind"
        value={filter.kind}
        onChange={({ target }) => set({ kind: target.value as TrafficFilter['kind'] })}
      >
        <option value="">Everything</option>
        {Object.entries(kinds).map(([kind, label]) => (
          <option key={kind} value={kind}>
            {label}
          </option>
        ))}
      </select>
      {apps.length > 1 && (
        <select
          aria-label="App"
          value={filter.app_id}
          onChange={({ target }) => set({ app_id: target.value })}
        >
          <option value="">All apps</option>
          {apps.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
      <label>
        <input
          type="checkbox"
          checked={filter.onlyProblems}
          onChange={({ target }) => set({ onlyProblems: target.checked })}
        />
        Problems
      </label>
      <button type="button" aria-pressed={isPaused} onClick={onPause}>
        {isPaused ? 'Go on' : 'Pause'}
      </button>
      <button type="button" onClick={onClear}>
        Clear
      </button>
    </search>
  );
}
