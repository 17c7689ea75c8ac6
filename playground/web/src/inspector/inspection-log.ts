import type {
  Delivery,
  Fault,
  Inspection,
  Limits,
  RateGauge,
  TrafficEntry,
} from '../../../slack/control-types.ts';

/** One line of the traffic: a call by an app, or a payload to one. `at`: milliseconds since 1970. */
export type Entry =
  | { type: 'call'; key: string; at: number; call: TrafficEntry }
  | { type: 'delivery'; key: string; at: number; delivery: Delivery };

export type ActiveFault = Fault & { id: string };

/** All that the inspector knows. */
export interface InspectionLog {
  /** In the order in which they began, at most `mostEntries`. */
  entries: Entry[];
  rates: RateGauge[];
  /** Absent until the server has said. */
  limits?: Limits;
  faults: ActiveFault[];
}

export const mostEntries = 1_000;

export const emptyLog: InspectionLog = { entries: [], rates: [], faults: [] };

/** The log after what the server sent. Entries that did not change keep their identity. */
export function applyInspections(log: InspectionLog, news: Inspection[]): InspectionLog {
  let next = log;
  let byKey: Map<string, Entry> | undefined;
  const put = (entry: Entry) => {
    byKey ??= new Map(next.entries.map((known) => [known.key, known]));
    // A key that is known keeps its place.
    byKey.set(entry.key, entry);
  };
  for (const one of news) {
    switch (one.type) {
      case 'hello': {
        const { calls, deliveries, rates, limits, faults } = one;
        const entries = [...calls.map(ofCall), ...deliveries.map(ofDelivery)];
        byKey = new Map(entries.sort((a, b) => a.at - b.at).map((entry) => [entry.key, entry]));
        next = { entries: [], rates, limits, faults };
        break;
      }
      case 'call':
        put(ofCall(one.call));
        break;
      case 'delivery':
        put(ofDelivery(one.delivery));
        break;
      case 'rates':
        next = { ...next, rates: one.rates };
        break;
      case 'limits':
        next = { ...next, limits: one.limits };
        break;
      case 'faults':
        next = { ...next, faults: one.faults };
    }
  }
  return byKey ? { ...next, entries: [...byKey.values()].slice(-mostEntries) } : next;
}

const ofCall = (call: TrafficEntry): Entry => ({
  type: 'call',
  key: `call ${call.id}`,
  at: call.at,
  call,
});

const ofDelivery = (delivery: Delivery): Entry => ({
  type: 'delivery',
  key: `delivery ${delivery.id}`,
  at: delivery.createdAt,
  delivery,
});
