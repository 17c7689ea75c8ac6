import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { type Place, toHash, toPlace } from './place.ts';

/** The place in the URL, and how to go to another one. */
export function usePlace(): [Place, (place: Place) => void] {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  const place = useMemo(() => toPlace(hash), [hash]);
  const go = useCallback((to: Place) => {
    window.history.pushState(null, '', toHash(to));
    // At once, not when the browser gets to it: keys pressed in between would go to the old place.
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  }, []);
  return [place, go];
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}
