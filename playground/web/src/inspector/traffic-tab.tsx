import { useLayoutEffect, useMemo, useState } from 'react';
import { useStickToBottom } from '../conversation/use-stick-to-bottom.ts';
import { EntryDetail } from './entry-detail.tsx';
import type { Entry } from './inspection-log.ts';
import { TrafficBar } from './traffic-bar.tsx';
import { filtered, noFilter } from './traffic-filter.ts';
import { TrafficRow } from './traffic-row.tsx';

/** Calls and deliveries in one time line, newest last. */
export function TrafficTab({ entries, onClear }: { entries: Entry[]; onClear: () => void }) {
  const [filter, setFilter] = useState(noFilter);
  const [frozen, setFrozen] = useState<Entry[]>();
  const [selected, setSelected] = useState<string>();
  const { scroller, content, away, toBottom } = useStickToBottom<HTMLTableElement>();
  const all = frozen ?? entries;
  const shown = useMemo(() => filtered(all, filter), [all, filter]);
  // The detail takes some of the list's room.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another one is selected
  useLayoutEffect(() => {
    scroller.current?.querySelector('.selected')?.scrollIntoView({ block: 'nearest' });
  }, [selected, scroller]);
  const detailed = selected && all.find(({ key }) => key === selected);
  return (
    <div className="traffic">
      <TrafficBar
        filter={filter}
        onFilter={setFilter}
        isPaused={frozen !== undefined}
        onPause={() => setFrozen(frozen ? undefined : entries)}
        onClear={() => {
          setFrozen(undefined);
          setSelected(undefined);
          onClear();
        }}
      />
      <div className="traffic-split">
        <div className="list-frame">
          <section
            ref={scroller}
            className={away ? 'traffic-list away' : 'traffic-list'}
            aria-label="Traffic"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
            tabIndex={0}
          >
            <table ref={content}>
              <thead>
                <tr>
                  <th scope="col">Time</th>
                  <th scope="col">App</th>
                  <th scope="col">What</th>
                  <th scope="col">About</th>
                  <th scope="col">Result</th>
                  <th scope="col">Took</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((entry) => (
                  <TrafficRow
                    key={entry.key}
                    entry={entry}
                    isSelected={entry.key === selected}
                    onSelect={setSelected}
                  />
                ))}
              </tbody>
            </table>
            {shown.length === 0 && (
              <p className="nothing">
                {all.length === 0
                  ? 'Nothing yet. What an app calls and what it is told shows up here.'
                  : 'Nothing fits the filter.'}
              </p>
            )}
          </section>
          {away && (
            <button type="button" className="to-bottom" onClick={toBottom}>
              ↓ Jump to newest
            </button>
          )}
        </div>
        {detailed && <EntryDetail entry={detailed} onClose={() => setSelected(undefined)} />}
      </div>
    </div>
  );
}
