/** Small drawings on a 16×16 field, in the colour of the text around them; always beside words that say the same. */
const SHAPES = {
  right: 'M3 8.5 6.5 12 13 4.5',
  wrong: 'M4 4l8 8M12 4l-8 8',
  second: 'M1.5 8.5 4.5 12 9.8 5.2M7.4 11.4 8 12 14 4.5',
  later: 'M4 3.5l4 3.5 4-3.5M4 8.5 8 12l4-3.5',
  partly: 'M3 8h10',
  queued: 'M8 4v4l2.5 2M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2',
  running: 'M8 2a6 6 0 1 1-5.6 3.9M2 2.5v3.6h3.6',
  share: 'M12 5a1.6 1.6 0 1 0-.1 0M4 9.6a1.6 1.6 0 1 0-.1 0M12 14.2a1.6 1.6 0 1 0-.1 0M5.4 7.2l5.2-2.8M5.4 8.8l5.2 2.8',
  copy: 'M6 5.5V3h7v7.5h-2.5M3 5.5h7.5V13H3z',
  previous: 'M10 3 5 8l5 5',
  next: 'M6 3l5 5-5 5',
  up: 'M4 9.5 8 5.5l4 4',
  down: 'M4 6.5l4 4 4-4',
  both: 'M5 6.2 8 3.4l3 2.8M5 9.8l3 2.8 3-2.8',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 1 0 0-6M8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.2 1.2M11.8 11.8 13 13M3 13l1.2-1.2M11.8 4.2 13 3',
  moon: 'M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6z',
  play: 'M4.5 3v10l8-5z',
  stop: 'M4 4h8v8H4z',
  again: 'M13 8a5 5 0 1 1-1.6-3.7M13 2v3.2H9.8',
  pause: 'M5.5 3v10M10.5 3v10',
  download: 'M8 2.5v7M4.8 6.8 8 10l3.2-3.2M3 13h10',
  warning: 'M8 2.5 14 13H2zM8 6.5v3M8 11.2v.3',
} as const;

export type IconName = keyof typeof SHAPES;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={SHAPES[name]} />
    </svg>
  );
}
