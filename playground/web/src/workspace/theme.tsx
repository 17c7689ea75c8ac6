import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';

export type Theme = 'light' | 'dark';

/** The theme in use, for what can't take it from the style sheet. */
export const ThemeContext = createContext<Theme>('light');
export const useTheme = (): Theme => useContext(ThemeContext);

const storageKey = 'playground.theme';
const dark = window.matchMedia('(prefers-color-scheme: dark)');

/** The person's choice of theme, else the system's. `toggle` makes a choice, and the browser keeps it. */
export function useThemeChoice(): { theme: Theme; toggle: () => void } {
  const system = useSyncExternalStore(subscribe, () => dark.matches) ? 'dark' : 'light';
  const [chosen, setChosen] = useState(() => localStorage.getItem(storageKey));
  const theme: Theme = chosen === 'dark' || chosen === 'light' ? chosen : system;

  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);

  const toggle = () => {
    const next = theme === 'dark' ? 'light' : 'dark';
    localStorage.setItem(storageKey, next);
    setChosen(next);
  };
  return { theme, toggle };
}

function subscribe(changed: () => void): () => void {
  dark.addEventListener('change', changed);
  return () => dark.removeEventListener('change', changed);
}
