import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

const MILLIS_A_STEP = 500;

export interface Frames {
  readonly frames: number;
  /** The frame that is shown, from 0. */
  readonly place: number;
  readonly onPlace: (place: number) => void;
}

interface Playback {
  /** Shows one frame, and stops there. */
  readonly show: (place: number) => void;
  readonly playing: boolean;
  /** null for those who asked for no motion: they go step by step. */
  readonly toggle: (() => void) | null;
}

/** The last frame that is not behind this step: an example that halted answers no more, and its last answer stands. */
export function placeAt(frames: readonly { readonly step: number }[], step: number): number {
  return Math.max(
    0,
    frames.findLastIndex((frame) => frame.step <= step),
  );
}

/** Walks through frames, by hand or by itself; at the end it stops, and starts again from the first. */
export function usePlayback({ frames, place, onPlace }: Frames): Playback {
  const [wanted, setWanted] = useState(false);
  const still = usePrefersStillness();
  const atEnd = place >= frames - 1;
  const playing = wanted && !atEnd && !still;
  const now = useRef({ place, onPlace });
  now.current = { place, onPlace };
  const move = useCallback((next: number) => {
    now.current = { ...now.current, place: next };
    now.current.onPlace(next);
  }, []);
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => {
      const next = Math.min(now.current.place + 1, frames - 1);
      move(next);
      // Whoever comes back to the first frame by hand does not ask for another showing.
      if (next === frames - 1) setWanted(false);
    }, MILLIS_A_STEP);
    return () => clearInterval(timer);
  }, [playing, frames, move]);
  const show = useCallback(
    (next: number) => {
      setWanted(false);
      move(next);
    },
    [move],
  );
  const toggle = useCallback(() => {
    if (atEnd) move(0);
    setWanted(!playing);
  }, [atEnd, playing, move]);
  return { show, playing, toggle: still || frames < 2 ? null : toggle };
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
