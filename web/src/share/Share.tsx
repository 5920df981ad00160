import { useState } from 'preact/hooks';
import { Icon } from '../shell/Icon';
import { Later } from '../shell/Later';
import type { Film } from './picture';

export interface Shared {
  /** What is shared, as a title and for names of files. */
  readonly name: string;
  /** The evaluation whose badge goes along; null for none. */
  readonly badge: { readonly id: string; readonly model: string } | null;
  /** What pictures are made of; null where there is nothing to draw. */
  readonly film: (() => Promise<Film>) | null;
}

const loadDialog = () => import('./ShareDialog').then((part) => part.ShareDialog);

/** Opens the ways to show a page elsewhere; what they need is read when somebody wants them. */
export function Share(shared: Shared) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="share-open" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Icon name="share" /> Share
      </button>
      {open && <Later what="the ways to share" load={loadDialog} props={{ ...shared, onClosed: () => setOpen(false) }} />}
    </>
  );
}
