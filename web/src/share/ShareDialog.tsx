import '../styles/share.css';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { api } from '../api/paths';
import { badgeMarkdown } from '../evaluation/Badge';
import { type Palette, usePalette } from '../grid/palette';
import { copy } from '../shell/copy';
import { save } from '../shell/download';
import { Icon } from '../shell/Icon';
import { Notice } from '../shell/Notice';
import { embedOf, to } from '../shell/routes';
import { gifOf, pngOf } from './files';
import type { Film } from './picture';
import type { Shared } from './Share';

interface DialogProps extends Shared {
  readonly onClosed: () => void;
}

/** Link, pictures, frame and badge of what is looked at, as its address says it. */
export function ShareDialog({ name, badge, film, onClosed }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => dialog.current?.close();
  const [address] = useState(() => location.pathname + location.search);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog without being told to
    <dialog
      ref={dialog}
      class="share"
      aria-label={`Share ${name}`}
      onClose={onClosed}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <div class="share-inner">
        <h2>Share</h2>
        <Snippet label="Link" text={location.origin + address} />
        {film && <Pictures name={name} film={film} />}
        <Snippet label="Frame for a web page" text={frameFor(name, location.origin + embedOf(address))} />
        {badge && <OfBadge {...badge} />}
        <p class="share-ways">
          <button type="button" onClick={close}>
            Close
          </button>
        </p>
      </div>
    </dialog>
  );
}

function frameFor(name: string, address: string): string {
  return `<iframe src="${escaped(address)}" title="${escaped(name)}" width="100%" height="520" loading="lazy"></iframe>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}

function OfBadge({ id, model }: { readonly id: string; readonly model: string }) {
  const page = location.origin + to.evaluation(id);
  const html = `<a href="${page}"><img src="${location.origin}${api.badge(id)}" alt="${escaped(model)}"></a>`;
  return (
    <>
      <p>
        <img src={api.badge(id)} height={20} alt={`Badge of ${model}`} />
      </p>
      <Snippet label="Badge in Markdown" text={badgeMarkdown({ id, model })} />
      <Snippet label="Badge in HTML" text={html} />
    </>
  );
}

function Snippet({ label, text }: { readonly label: string; readonly text: string }) {
  const id = useId();
  const [said, setSaid] = useState('');
  return (
    <div class="share-snippet">
      <label for={id}>{label}</label>
      <input id={id} readOnly value={text} onFocus={(event) => event.currentTarget.select()} />
      <button type="button" onClick={() => void copy(text).then((done) => setSaid(done ? 'Copied' : 'Not copied: select it'))}>
        <Icon name="copy" /> Copy<span class="sr">: {label}</span>
      </button>
      <span class="sub-inline" role="status">
        {said}
      </span>
    </div>
  );
}

/** Made here, when somebody wants one. */
function Pictures({ name, film }: { readonly name: string; readonly film: () => Promise<Film> }) {
  const [palette] = usePalette();
  const [state, setState] = useState<'idle' | 'working' | Error>('idle');
  const [moving, setMoving] = useState(true);
  const make = async (type: 'png' | 'gif', of: (film: Film, palette: Palette) => Promise<Blob>) => {
    setState('working');
    try {
      const made = await film();
      setMoving(made.frames.length > 1);
      // What does not move is no film.
      const blob = made.frames.length > 1 || type === 'png' ? await of(made, palette) : await pngOf(made, palette);
      save(`${name.replace(/[^\p{L}\p{N}]+/gu, '-')}.${blob.type === 'image/gif' ? 'gif' : 'png'}`, blob);
      setState('idle');
    } catch (error) {
      setState(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return (
    <div>
      <p class="share-ways">
        <button type="button" disabled={state === 'working'} onClick={() => void make('png', pngOf)}>
          <Icon name="download" /> Picture (PNG)
        </button>
        {moving && (
          <button type="button" disabled={state === 'working'} onClick={() => void make('gif', gifOf)}>
            <Icon name="download" /> Film of the steps (GIF)
          </button>
        )}
        <span class="sub-inline" role="status">
          {state === 'working' ? 'It is being drawn.' : ''}
        </span>
      </p>
      {state instanceof Error && <Notice tone="error" title={`It could not be drawn: ${state.message}`} />}
    </div>
  );
}
