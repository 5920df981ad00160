import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api/paths';
import type { Problem } from '../api/problem';
import { getJson } from '../api/resource';
import type { Fetch, Upload } from '../api/types';
import { followFetch } from './followFetch';
import { type Sending, sendFile } from './sendFile';
import { Speed } from './speed';

interface Named {
  readonly name: string;
  readonly bytes: number;
}

/** How far a file has come. */
export type UploadState =
  | { readonly step: 'none' }
  | (Named & { readonly step: 'sending' | 'paused' | 'fetching'; readonly sent: number; readonly speed: number | null })
  | (Named & { readonly step: 'failed'; readonly sent: number; readonly problem: Problem })
  | (Named & { readonly step: 'done'; readonly id: string });

export interface FileUpload {
  readonly state: UploadState;
  readonly choose: (file: File) => void;
  /** The platform fetches it by itself. */
  readonly follow: (fetch: Fetch) => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly remove: () => void;
  /** Something was made of it: the platform does not have it any more. */
  readonly used: () => void;
}

const NONE: UploadState = { step: 'none' };

/** @param slot which of the page's files this is: what is uploaded whole is remembered under it until the tab is closed */
export function useUpload(slot: string): FileUpload {
  const [state, setState] = useState<UploadState>(NONE);
  const sending = useRef<Sending | null>(null);
  const speed = useRef(new Speed());
  /** The upload that the platform fetches; null when none. */
  const followed = useRef<{ readonly id: string; readonly stop: () => void } | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what follows a fetch is the same each time
  useEffect(() => {
    let gone = false;
    void remembered(slot).then((found) => {
      if (gone || found === null) return;
      if ('state' in found) follow(found);
      else setState((now) => (now.step === 'none' ? found : now));
    });
    return () => {
      gone = true;
      letGo();
    };
  }, [slot]);

  // Whoever leaves the site in the middle is asked; what was sent by then is kept.
  const sent = state.step === 'sending';
  useEffect(() => {
    if (!sent) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [sent]);

  const follow = (fetch: Fetch) => {
    const id = fetch.upload;
    if (id === null) return;
    letGo();
    sessionStorage.setItem(slot, id);
    speed.current = new Speed();
    const named = { name: fetch.fileName, bytes: fetch.bytes };
    // Known before the first answer, which may say that it is whole.
    followed.current = { id, stop: () => undefined };
    const stop = followFetch(fetch, id, {
      onShow: ({ offset }) => setState({ ...named, step: 'fetching', sent: offset, speed: speed.current.at(performance.now(), offset) }),
      onWhole: () => setState({ ...named, step: 'done', id }),
      onProblem: ({ offset }, problem) => {
        sessionStorage.removeItem(slot);
        setState({ ...named, step: 'failed', sent: offset, problem });
      },
    });
    followed.current = { id, stop };
  };

  /** What was on its way before is nobody's any more. */
  const letGo = () => {
    followed.current?.stop();
    followed.current = null;
    sending.current?.pause();
    sending.current = null;
  };

  const choose = (file: File) => {
    letGo();
    sessionStorage.removeItem(slot);
    const named = { name: file.name, bytes: file.size };
    speed.current = new Speed();
    setState({ ...named, step: 'sending', sent: 0, speed: null });
    const mine = sendFile(file, {
      onSent: (sent) => {
        if (sending.current !== mine) return;
        const perSecond = speed.current.at(performance.now(), sent);
        setState((now) => (now.step === 'paused' ? now : { ...named, step: 'sending', sent, speed: perSecond }));
      },
      onDone: (id) => {
        if (sending.current !== mine) return;
        sessionStorage.setItem(slot, id);
        setState({ ...named, step: 'done', id });
      },
      onProblem: (problem) => {
        if (sending.current !== mine) return;
        setState((now) => ({ ...named, step: 'failed', sent: 'sent' in now ? now.sent : 0, problem }));
      },
    });
    sending.current = mine;
  };

  const pause = () => {
    sending.current?.pause();
    setState((now) => (now.step === 'sending' ? { ...now, step: 'paused', speed: null } : now));
  };
  const resume = () => {
    if (followed.current !== null) {
      // It is fetched again by its name.
      letGo();
      setState(NONE);
      return;
    }
    speed.current = new Speed();
    setState((now) => (now.step === 'paused' || now.step === 'failed' ? { ...now, step: 'sending', speed: null } : now));
    sending.current?.resume();
  };
  const remove = () => {
    if (followed.current !== null) void fetch(api.fetchOf(followed.current.id), { method: 'DELETE' }).catch(() => undefined);
    else if (state.step === 'done') void fetch(api.upload(state.id), { method: 'DELETE' }).catch(() => undefined);
    else sending.current?.forget();
    letGo();
    sessionStorage.removeItem(slot);
    setState(NONE);
  };
  const used = () => sessionStorage.removeItem(slot);
  return { state, choose, follow, pause, resume, remove, used };
}

/** A file that was whole, or was fetched, before the page was loaded anew, if the platform still has it. */
async function remembered(slot: string): Promise<UploadState | Fetch | null> {
  const id = sessionStorage.getItem(slot);
  if (id === null) return null;
  try {
    const { fileName, bytes, digest } = await getJson<Upload>(api.upload(id));
    if (digest !== null) return { step: 'done', name: fileName, bytes, id };
    return await getJson<Fetch>(api.fetchOf(id));
  } catch {
    // Used up or expired.
  }
  sessionStorage.removeItem(slot);
  return null;
}
