import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api/paths';
import type { Problem } from '../api/problem';
import { getJson } from '../api/resource';
import type { Upload } from '../api/types';
import { type Sending, sendFile } from './sendFile';
import { Speed } from './speed';

interface Named {
  readonly name: string;
  readonly bytes: number;
}

/** How far a file has come. */
export type UploadState =
  | { readonly step: 'none' }
  | (Named & { readonly step: 'sending' | 'paused'; readonly sent: number; readonly speed: number | null })
  | (Named & { readonly step: 'failed'; readonly sent: number; readonly problem: Problem })
  | (Named & { readonly step: 'done'; readonly id: string });

export interface FileUpload {
  readonly state: UploadState;
  readonly choose: (file: File) => void;
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

  useEffect(() => {
    let gone = false;
    void remembered(slot).then((done) => {
      if (!gone && done !== null) setState((now) => (now.step === 'none' ? done : now));
    });
    return () => {
      gone = true;
      sending.current?.pause();
    };
  }, [slot]);

  const choose = (file: File) => {
    sending.current?.pause();
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
    speed.current = new Speed();
    setState((now) => (now.step === 'paused' || now.step === 'failed' ? { ...now, step: 'sending', speed: null } : now));
    sending.current?.resume();
  };
  const remove = () => {
    if (state.step === 'done') void fetch(api.upload(state.id), { method: 'DELETE' }).catch(() => undefined);
    else sending.current?.forget();
    sending.current = null;
    sessionStorage.removeItem(slot);
    setState(NONE);
  };
  const used = () => sessionStorage.removeItem(slot);
  return { state, choose, pause, resume, remove, used };
}

/** A file that was whole before the page was loaded anew, if the platform still has it. */
async function remembered(slot: string): Promise<UploadState | null> {
  const id = sessionStorage.getItem(slot);
  if (id === null) return null;
  try {
    const { fileName, bytes, digest } = await getJson<Upload>(api.upload(id));
    if (digest !== null) return { step: 'done', name: fileName, bytes, id };
  } catch {
    // Used up or expired.
  }
  sessionStorage.removeItem(slot);
  return null;
}
