import { type Glob, matchSegment } from './glob.ts';

/** Places in patterns that a folder has reached: the pattern's number and its next segment. */
export type State = readonly [glob: number, segment: number];

/** Where every pattern begins. */
export const startOf = (globs: readonly Glob[]): State[] =>
  settle(
    globs,
    globs.map((_, glob) => [glob, 0]),
  );

/** The places reached through a folder of this name; none when nothing in it can match. */
export const enter = (globs: readonly Glob[], states: readonly State[], name: string): State[] =>
  settle(
    globs,
    states.flatMap(([glob, at]): State[] => {
      const segment = globs[glob]?.[at];
      if (segment === undefined) return [];
      if (segment === '**') return [[glob, at]];
      return matchSegment(segment, name) && at + 1 < (globs[glob]?.length ?? 0)
        ? [[glob, at + 1]]
        : [];
    }),
  );

/** Whether a key that lies at these places, with no folder between, matches by its name. */
export const matchesName = (globs: readonly Glob[], states: readonly State[], name: string) =>
  states.some(([glob, at]) => {
    const segment = globs[glob]?.[at];
    const isLast = at + 1 === globs[glob]?.length;
    if (!isLast || segment === undefined || name === '') return false;
    return segment === '**' || matchSegment(segment, name);
  });

/** Whether a key matches whose path goes on from these places. */
export function matchesPath(
  globs: readonly Glob[],
  states: readonly State[],
  path: string,
): boolean {
  const folders = path.split('/');
  const name = folders.pop() ?? '';
  let reached = states;
  for (const folder of folders) {
    reached = enter(globs, reached, folder);
    if (reached.length === 0) return false;
  }
  return matchesName(globs, reached, name);
}

/** `**` may also be no folder at all: what comes behind it is reached, too. */
function settle(globs: readonly Glob[], states: readonly State[]): State[] {
  const all = new Map<number, State>();
  const add = (state: State) => {
    const [glob, at] = state;
    const place = glob * 1_000 + at; // a pattern has at most 512 characters
    if (all.has(place)) return;
    all.set(place, state);
    if (globs[glob]?.[at] === '**' && at + 1 < (globs[glob]?.length ?? 0)) add([glob, at + 1]);
  };
  states.forEach(add);
  return [...all.values()];
}
