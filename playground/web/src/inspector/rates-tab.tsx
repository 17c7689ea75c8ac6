import type { RateGauge } from '../../../slack/control-types.ts';
import { useDirectory } from '../workspace/directory.tsx';
import { placeName } from './place-name.ts';
import { useNow } from './use-now.ts';

/** How full each budget of calls is, and which ones are closed for how long. */
export function RatesTab({ rates, isOn }: { rates: RateGauge[]; isOn: boolean }) {
  const directory = useDirectory();
  const { apps } = directory;
  const now = useNow(rates.some(({ blockedUntil }) => blockedUntil !== undefined));
  const sorted = rates.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)));
  return (
    <div className="rates">
      {!isOn && <p className="nothing">Rate limits are switched off: every call is let through.</p>}
      {sorted.length === 0 && (
        <p className="nothing">No budget is in use. Each one shows up with its first call.</p>
      )}
      <ul>
        {sorted.map((gauge) => {
          const { app_id, method, channel } = gauge;
          const place = channel && ` in ${placeName(channel, directory)}`;
          const app = apps.length > 1 && apps.find(({ id }) => id === app_id)?.name;
          return (
            <li key={keyOf(gauge)}>
              <Gauge gauge={gauge} now={now} name={`${method}${place ?? ''}`} app={app || ''} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

const keyOf = ({ app_id, method, channel = '' }: RateGauge) => `${app_id} ${method} ${channel}`;

interface GaugeProps {
  gauge: RateGauge;
  now: number;
  name: string;
  app: string;
}

function Gauge({ gauge: { used, limit, windowMs, blockedUntil = 0 }, now, name, app }: GaugeProps) {
  const share = limit > 0 ? Math.min(1, used / limit) : 1;
  const waitMs = blockedUntil - now;
  const level = waitMs > 0 ? 'blocked' : share >= 0.8 ? 'high' : 'low';
  const budget = `${round(used)} of ${limit} in ${windowMs / 1000} s`;
  return (
    <div className={`gauge ${level}`}>
      <span className="gauge-name">
        {name} <small>{app}</small>
      </span>
      <span className="gauge-words">
        {waitMs > 0 ? `✕ blocked for ${Math.ceil(waitMs / 1000)} s` : budget}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: browsers do not let one colour a <meter> alike */}
      <div
        className="gauge-bar"
        role="meter"
        aria-label={app ? `${name}, ${app}` : name}
        aria-valuemin={0}
        aria-valuemax={limit}
        aria-valuenow={Math.min(used, limit)}
        aria-valuetext={waitMs > 0 ? `${budget}, blocked` : budget}
      >
        <i style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}

const round = (value: number) => Math.round(value * 10) / 10;
