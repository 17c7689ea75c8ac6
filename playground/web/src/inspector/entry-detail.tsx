import { CloseMark } from '../conversation/marks.tsx';
import { factsOf, signs } from './entry-facts.ts';
import type { Entry } from './inspection-log.ts';
import { JsonView } from './json-view.tsx';

/** Both sides of one exchange, as they went over the wire. */
export function EntryDetail({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const { name, outcome, result } = factsOf(entry);
  return (
    <section className="entry-detail" aria-label={`${name}, in detail`}>
      <header>
        <h3>{name}</h3>
        <span className={`outcome ${outcome}`}>
          {signs[outcome]} {result}
        </span>
        <button type="button" className="close" aria-label="Close detail" onClick={onClose}>
          <CloseMark />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className="entry-sides" tabIndex={0}>
        {entry.type === 'call' ? <CallSides entry={entry} /> : <DeliverySides entry={entry} />}
      </div>
    </section>
  );
}

function CallSides({ entry: { call } }: { entry: Extract<Entry, { type: 'call' }> }) {
  const { headers, args, at, appliedAt, answeredAt, status, answer } = call;
  const times = { at: iso(at), appliedAt: iso(appliedAt), answeredAt: iso(answeredAt) };
  return (
    <>
      <JsonView title="Request" value={args} />
      <JsonView title={status === undefined ? 'Answer' : `Answer, HTTP ${status}`} value={answer} />
      <JsonView title="Headers and times" value={{ headers, ...times }} />
    </>
  );
}

function DeliverySides({ entry: { delivery } }: { entry: Extract<Entry, { type: 'delivery' }> }) {
  const { body, kind, attempts, retryReasons, failed, createdAt, deliveredAt, ackedAt } = delivery;
  const times = {
    createdAt: iso(createdAt),
    deliveredAt: iso(deliveredAt),
    ackedAt: iso(ackedAt),
  };
  return (
    <>
      <JsonView title="Payload" value={body} />
      <JsonView title="Delivery" value={{ kind, attempts, retryReasons, failed, ...times }} />
    </>
  );
}

const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());
