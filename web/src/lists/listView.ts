/** Which part of a list is looked at; all of it stands in the address. */
export interface ListView {
  /** The `next` of the page before; null for the newest. */
  readonly after: string | null;
  /** Words that a shown row has all of, in any case. */
  readonly filter: string;
}

export const WHOLE_LIST: ListView = { after: null, filter: '' };

export function readList(query: URLSearchParams): ListView {
  return { after: query.get('after') || null, filter: query.get('filter') ?? '' };
}

/** The search part of an address, empty for the whole list. */
export function writeList({ after, filter }: ListView): string {
  const query = new URLSearchParams();
  if (after !== null) query.set('after', after);
  if (filter !== '') query.set('filter', filter);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** Whether the texts of a row have all words of a filter. */
export function has(filter: string, ...texts: readonly (string | null)[]): boolean {
  const text = texts.join('\n').toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
