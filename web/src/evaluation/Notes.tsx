import { Notice } from '../shell/Notice';

/** What is to be read before a score is believed: what of a checkpoint is not known here, or is run otherwise than one may think. */
export function Notes({ notes }: { readonly notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <Notice tone="warning" title="To know before a score is believed">
      <ul class="problems">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Notice>
  );
}
