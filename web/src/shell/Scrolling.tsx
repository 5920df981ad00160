import type { ComponentChildren } from 'preact';

interface RoomProps {
  readonly label: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A named room for what may be larger than the screen: Tab reaches it, then the arrow keys scroll it. */
export function ScrollRoom({ label, class: name = 'table-room', children }: RoomProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached without a mouse (WCAG 2.1.1)
    <section class={name} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}

/** Text with the line breaks that it has; it scrolls as a {@link ScrollRoom} does, but is no landmark. */
export function Lines({ children }: Pick<RoomProps, 'children'>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached without a mouse (WCAG 2.1.1)
    <pre tabIndex={0}>{children}</pre>
  );
}
