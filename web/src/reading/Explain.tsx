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
  return (
    <Opened what={term} place={anchor(term)}>
      <Picture term={term} />
      <p class="explain-term">{capital(term)}</p>
      <Markdown text={lineOf(term)} />
      {children}
    </Opened>
  );
}

/** The (?) of what is no word of the site, such as a column of amounts: says in a sentence what is counted. */
export function ExplainColumn({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <Opened what={name} place="">
      <p class="explain-term">{name}</p>
      <p>{children}</p>
    </Opened>
  );
}

interface OpenedProps {
  readonly what: string;
  /** Of the page that explains all words; empty for its beginning. */
  readonly place: string;
  readonly children: ComponentChildren;
}

function Opened({ what, place, children }: OpenedProps) {
  const [open, setOpen] = useState(false);
  return (
    <span class="explain">
      <button type="button" class="explain-open" onClick={() => setOpen(true)}>
        <span aria-hidden="true">?</span>
        <span class="sr">What is: {what}</span>
      </button>
      {open && (
        <Said what={what} place={place} onClosed={() => setOpen(false)}>
          {children}
        </Said>
      )}
    </span>
  );
}

function Said({ what, place, children, onClosed }: OpenedProps & { readonly onClosed: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => dialog.current?.close();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog without being told to
    <dialog
      ref={dialog}
      class="explain-said"
      aria-label={capital(what)}
      onClose={onClosed}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <div class="explain-inner">
        {children}
        <div class="explain-ways">
          <a href={place === '' ? to.howToRead() : `${to.howToRead()}#${place}`}>All words</a>
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
