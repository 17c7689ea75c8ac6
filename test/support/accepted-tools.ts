import type { AcceptedTools, SeenTools } from '../../src/store/accepted-tools.ts';

/** What was accepted, in memory; `fail` makes it a store that does not answer. */
export function memoryOfTools() {
  const accepted = new Map<string, string>();
  const held = new Map<string, string>();
  let failing = false;
  const answer = <T>(work: () => T): Promise<T> =>
    failing ? Promise.reject(new Error('Redis does not answer')) : Promise.resolve(work());
  const parse = (json: string | undefined): SeenTools => JSON.parse(json ?? '');
  const tools: AcceptedTools = {
    acceptFirst: (source, seen) =>
      answer(() => {
        if (!accepted.has(source)) accepted.set(source, JSON.stringify(seen));
        return parse(accepted.get(source));
      }),
    accept: (source, seen) =>
      answer(() => {
        accepted.set(source, JSON.stringify(seen));
        held.delete(source);
      }),
    hold: (source, seen) =>
      answer(() => {
        if (seen) held.set(source, JSON.stringify(seen));
        else held.delete(source);
      }),
    list: () =>
      answer(() =>
        [...accepted].map(([source, json]) => {
          const change = held.get(source);
          return { source, accepted: parse(json), ...(change && { held: parse(change) }) };
        }),
      ),
  };
  return {
    tools,
    fail(is: boolean) {
      failing = is;
    },
  };
}
