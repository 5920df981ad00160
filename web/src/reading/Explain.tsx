import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Markdown } from '../shell/Markdown';
import { to } from '../shell/routes';
import { Picture } from './Picture';
import { anchor, capital, lineOf, type Term } from './terms';

interface ExplainProps {
  readonly term: Term;
  /** What is to be said of it in this place, behind what it is everywhere. */
  readonly children?: ComponentChildren;
}

/** A (?) beside a word. What it opens is closed by Escape, by its button, and by a press beside it; the focus goes back to the (?). */
export function Explain({ term, children }: ExplainProps) {
  const [open, setOpen] = useState(false);
  return (
    <span class="explain">
      <button type="button" class="explain-open" onClick={() => setOpen(true)}>
        <span aria-hidden="true">?</span>
        <span class="sr">What is: {term}</span>
      </button>
      {open && (
        <Said term={term} onClosed={() => setOpen(false)}>
          {children}
        </Said>
      )}
    </span>
  );
}

function Said({ term, children, onClosed }: ExplainProps & { readonly onClosed: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => dialog.current?.close();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog without being told to
    <dialog
      ref={dialog}
      class="explain-said"
      aria-label={capital(term)}
      onClose={onClosed}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <div class="explain-inner">
        <Picture term={term} />
        <p class="explain-term">{capital(term)}</p>
        <Markdown text={lineOf(term)} />
        {children}
        <div class="explain-ways">
          <a href={`${to.howToRead()}#${anchor(term)}`}>All words</a>
          <button type="button" class="button" onClick={close}>
            Close
          </button>
        </div>
      </div>
    </dialog>
  );
}

/** A heading, whose name stays its own, with the (?) of a word in it. */
export function Explained({ term, children }: { readonly term: Term; readonly children: ComponentChildren }) {
  return (
    <div class="explained">
      {children}
      <Explain term={term} />
    </div>
  );
}
