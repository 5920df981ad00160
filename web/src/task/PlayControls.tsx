import type { ComponentChildren } from 'preact';
import { Icon } from '../shell/Icon';
import { type Frames, usePlayback } from './playback';

interface PlayControlsProps extends Frames {
  readonly label: string;
  /** What the slider says of where it stands. */
  readonly words: string;
  /** The same, to be seen. */
  readonly children: ComponentChildren;
}

/** A slider through frames, and a button that plays them. */
export function PlayControls({ frames, place, onPlace, label, words, children }: PlayControlsProps) {
  const { show, playing, toggle } = usePlayback({ frames, place, onPlace });
  return (
    <div class="replay-controls">
      {toggle && (
        <button type="button" onClick={toggle}>
          <Icon name={playing ? 'pause' : 'play'} /> {playing ? 'Pause' : 'Play'}
        </button>
      )}
      <input
        type="range"
        min={0}
        max={frames - 1}
        step={1}
        value={place}
        aria-label={label}
        aria-valuetext={words}
        onInput={(event) => show(Number(event.currentTarget.value))}
      />
      <output class="num">{children}</output>
    </div>
  );
}
