import { useEffect, useState } from 'preact/hooks';
import { base } from '../api/base';

/*
 * The history API, without a library: plain <a href> everywhere, one listener that turns clicks on links to pages of
 * this site into route changes. So every link also opens in a new tab, and works when scripts are slow.
 * Why by hand: docs/decisions/0119-the-page-routes-by-hand.md.
 */

interface Place {
  /** Below that of the platform: '/sets/x'. */
  readonly path: string;
  readonly search: string;
}

type Listener = (place: Place) => void;
const listeners = new Set<Listener>();

function here(): Place {
  return { path: location.pathname.slice(base.length), search: location.search };
}

export function navigate(address: string, replace = false): void {
  rememberScroll();
  history[replace ? 'replaceState' : 'pushState']({ scroll: 0 }, '', address);
  changed();
}

function changed(): void {
  const place = here();
  for (const listener of listeners) listener(place);
}

function rememberScroll(): void {
  history.replaceState({ ...(history.state as object | null), scroll: window.scrollY }, '');
}

/** The address to go to inside the page, or null where the browser should do what it always does. */
export function pageAddress(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = (event.target as Element | null)?.closest?.('a');
  // Attributes, not properties: a link inside a drawing has objects there.
  const target = link?.getAttribute('target');
  const address = link?.getAttribute('href');
  if (!link || address == null || link.hasAttribute('download') || (target && target !== '_self')) return null;
  const url = new URL(address, location.href);
  if (url.origin !== location.origin || !url.pathname.startsWith(`${base}/`)) return null;
  if (/^\/(api|q|assets)\//.test(url.pathname.slice(base.length))) return null;
  // A jump inside the shown page.
  if (url.hash && url.pathname === location.pathname && url.search === location.search) return null;
  return url.pathname + url.search + url.hash;
}

/** Starts listening to links and to the back button; returns how to stop. */
export function followLinks(): () => void {
  const onClick = (event: MouseEvent) => {
    const address = pageAddress(event);
    if (address === null) return;
    event.preventDefault();
    navigate(address);
  };
  // The browser changes the page's height only after popstate: it cannot restore the place itself.
  history.scrollRestoration = 'manual';
  const onPop = () => {
    changed();
    const scroll = (history.state as { scroll?: number } | null)?.scroll ?? 0;
    requestAnimationFrame(() => requestAnimationFrame(() => window.scrollTo(0, scroll)));
  };
  let pending: ReturnType<typeof setTimeout> | undefined;
  const onScroll = () => {
    clearTimeout(pending);
    pending = setTimeout(rememberScroll, 150);
  };
  document.addEventListener('click', onClick);
  window.addEventListener('popstate', onPop);
  window.addEventListener('scroll', onScroll, { passive: true });
  return () => {
    clearTimeout(pending);
    document.removeEventListener('click', onClick);
    window.removeEventListener('popstate', onPop);
    window.removeEventListener('scroll', onScroll);
  };
}

/** Inside the page of somebody else, where no other page of this site may be shown: every link opens a window of its own. */
export function openLinksOutside(): () => void {
  const onClick = (event: MouseEvent) => (event.target as Element | null)?.closest?.('a')?.setAttribute('target', '_blank');
  document.addEventListener('click', onClick);
  return () => document.removeEventListener('click', onClick);
}

export function usePlace(): Place {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    listeners.add(setPlace);
    setPlace(here());
    return () => {
      listeners.delete(setPlace);
    };
  }, []);
  return place;
}
