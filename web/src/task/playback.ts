import { useCallback, useEffect, useState } from 'preact/hooks';

const MILLIS_A_STEP = 500;

interface Playback {
  readonly place: number;
  /** Shows one frame, and stops there. */
  readonly show: (place: number) => void;
  readonly playing: boolean;
  /** null for those who asked for no motion: they go step by step. */
  readonly toggle: (() => void) | null;
}

/** Walks through frames, by hand or by itself; at the end it stops, and starts again from the first. */
export function usePlayback(frames: number): Playback {
  const [place, setPlace] = useState(0);
  const [wanted, setWanted] = useState(false);
  const still = usePrefersStillness();
  const atEnd = place >= frames - 1;
  const playing = wanted && !atEnd && !still;
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => setPlace((now) => Math.min(now + 1, frames - 1)), MILLIS_A_STEP);
    return () => clearInterval(timer);
  }, [playing, frames]);
  const show = useCallback((next: number) => {
    setWanted(false);
    setPlace(next);
  }, []);
  const toggle = useCallback(() => {
    if (atEnd) setPlace(0);
    setWanted(!playing);
  }, [atEnd, playing]);
  return { place, show, playing, toggle: still || frames < 2 ? null : toggle };
}

function usePrefersStillness(): boolean {
  const [still, setStill] = useState(() => stillness().matches);
  useEffect(() => {
    const media = stillness();
    const update = () => setStill(media.matches);
    media.addEventListener('change', update);
    return () => media.removeEventListener('change', update);
  }, []);
  return still;
}

function stillness(): MediaQueryList {
  return window.matchMedia('(prefers-reduced-motion: reduce)');
}
