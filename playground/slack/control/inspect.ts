import type { ServerResponse } from 'node:http';
import { now } from '../clock.ts';
import type { Inspection } from '../control-types.ts';
import type { Parts } from '../parts.ts';
import { openEventStream } from './event-stream.ts';

/** How much of what there was a new reader is told. */
const MAX_PAST = 500;
const MAX_PAST_BYTES = 2 * 1024 * 1024;
const RATES_EVERY_MS = 250;

/** `GET /control/inspect`: the apps' traffic, the budgets, limits and faults, and whatever changes, as server-sent events. */
export function sendInspections(parts: Parts, response: ServerResponse): void {
  const { traffic, deliveryLog, rates, limits, faults, workspace } = parts;
  const stream = openEventStream(response);
  const tell = (inspection: Inspection) => stream.send(inspection);
  tell({
    type: 'hello',
    calls: traffic.newest(MAX_PAST, MAX_PAST_BYTES),
    deliveries: deliveryLog.newest(MAX_PAST, MAX_PAST_BYTES),
    rates: rates.gauges(now()),
    limits,
    faults: faults.list(),
  });

  let timer: NodeJS.Timeout | undefined;
  const tellRates = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      tell({ type: 'rates', rates: rates.gauges(now()) });
    }, RATES_EVERY_MS).unref();
  };
  const stops = [
    traffic.onChange((call) => {
      tell({ type: 'call', call });
      tellRates();
    }),
    deliveryLog.onChange((delivery) => tell({ type: 'delivery', delivery })),
    faults.onChange(() => tell({ type: 'faults', faults: faults.list() })),
    workspace.onChange((change) => {
      if (change.type === 'limits') tell(change);
    }),
  ];
  stream.onClose(() => {
    clearTimeout(timer);
    for (const stop of stops) stop();
  });
}
