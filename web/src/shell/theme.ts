import { useCallback, useEffect, useState } from 'preact/hooks';

export type Theme = 'light' | 'dark';
const KEY = 'arena.theme'; // public/theme.js reads it before the first paint

function preferred(): MediaQueryList {
  return window.matchMedia('(prefers-color-scheme: dark)');
}

function current(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'dark' || chosen === 'light') return chosen;
  return preferred().matches ? 'dark' : 'light';
}

/** The theme in effect and how to turn it to the other; what was turned to is remembered on this browser. */
export function useTheme(): readonly [Theme, () => void] {
  const [theme, setTheme] = useState(current);
  useEffect(() => {
    const media = preferred();
    const update = () => setTheme(current());
    media.addEventListener('change', update);
    return () => media.removeEventListener('change', update);
  }, []);
  const turn = useCallback(() => {
    const next: Theme = current() === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset.theme = next;
    setTheme(next);
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // Forbidden storage: the choice then lasts as long as the page.
    }
  }, []);
  return [theme, turn];
}
