import { type KeyboardEvent, useId, useState } from 'react';
import { CloseMark } from '../conversation/marks.tsx';
import { stepFocus } from '../conversation/step-focus.ts';
import { FaultsTab } from './faults-tab.tsx';
import type { InspectionLog } from './inspection-log.ts';
import { LimitsTab } from './limits-tab.tsx';
import { RatesTab } from './rates-tab.tsx';
import { TrafficTab } from './traffic-tab.tsx';
import { useInspection } from './use-inspection.ts';

const tabs = ['Traffic', 'Rates', 'Limits', 'Faults'] as const;
type Tab = (typeof tabs)[number];

const storageKey = 'playground.inspector';

/** The apps' raw traffic, the budgets of calls, the limits, and faults on request. */
export function Inspector({ onClose }: { onClose: () => void }) {
  const { log, connection, clear } = useInspection();
  const [tab, setTab] = useState(remembered);
  const id = useId();
  const choose = (chosen: Tab) => {
    sessionStorage.setItem(storageKey, chosen);
    setTab(chosen);
  };
  return (
    <aside className="pane inspector" aria-label="Inspector">
      <header className="inspector-header">
        <div role="tablist" aria-label="Inspector" className="tabs" onKeyDown={stepTabs}>
          {tabs.map((name) => (
            <button
              key={name}
              id={`${id}-${name}`}
              type="button"
              role="tab"
              aria-selected={name === tab}
              aria-controls={`${id}-panel`}
              tabIndex={name === tab ? 0 : -1}
              onClick={() => choose(name)}
              onFocus={() => choose(name)}
            >
              {name} <Mark tab={name} log={log} />
            </button>
          ))}
        </div>
        {connection === 'lost' && (
          <span className="problem" role="alert">
            Connection lost. Trying again…
          </span>
        )}
        <button type="button" className="close" aria-label="Close inspector" onClick={onClose}>
          <CloseMark />
        </button>
      </header>
      <div
        id={`${id}-panel`}
        role="tabpanel"
        aria-labelledby={`${id}-${tab}`}
        className="inspector-panel"
      >
        {tab === 'Traffic' && <TrafficTab entries={log.entries} onClear={clear} />}
        {tab === 'Rates' && <RatesTab rates={log.rates} isOn={log.limits?.rates ?? true} />}
        {tab === 'Limits' && <LimitsTab limits={log.limits} />}
        {tab === 'Faults' && <FaultsTab log={log} />}
      </div>
    </aside>
  );
}

/** What is not as usual: limits that are off, faults that are on, budgets that are used up. */
function Mark({ tab, log: { rates, limits, faults } }: { tab: Tab; log: InspectionLog }) {
  const off = Object.values(limits ?? {}).filter((isKept) => !isKept).length;
  const blocked = rates.filter(({ blockedUntil }) => blockedUntil !== undefined).length;
  const marks: Record<Tab, string | false> = {
    Traffic: false,
    Rates: blocked > 0 && `${blocked} blocked`,
    Limits: off > 0 && `${off} off`,
    Faults: faults.length > 0 && String(faults.length),
  };
  return marks[tab] && <span className="tab-mark">{marks[tab]}</span>;
}

function stepTabs({ currentTarget, key }: KeyboardEvent<HTMLElement>): void {
  const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : undefined;
  if (step) stepFocus(currentTarget.querySelectorAll<HTMLElement>('[role=tab]'), step, true);
}

function remembered(): Tab {
  const stored = sessionStorage.getItem(storageKey);
  return tabs.find((tab) => tab === stored) ?? 'Traffic';
}
