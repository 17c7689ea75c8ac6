import { useEffect, useRef } from 'react';

/** `run` as it is at the time, `ms` after the last call; not at all when the component is gone by then. */
export function useDebounced<T>(run: (value: T) => unknown, ms: number): (value: T) => void {
  const latest = useRef(run);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return (value) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => latest.current(value), ms);
  };
}
