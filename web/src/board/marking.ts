/** The one row and point that pointer or focus is on: the table and the plot show it together. */
export interface Marking {
  readonly marked: string | null;
  readonly onMark: (key: string | null) => void;
}

/** What an element of the table or the plot needs to mark and be marked. */
export function marks(key: string, marked: boolean, onMark: Marking['onMark'] | undefined) {
  if (!onMark) return {};
  return {
    'data-marked': marked ? 'true' : undefined,
    onMouseEnter: () => onMark(key),
    onMouseLeave: () => onMark(null),
    onFocusIn: () => onMark(key),
    onFocusOut: () => onMark(null),
  };
}
