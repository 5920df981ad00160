import { useEffect } from 'preact/hooks';

/** Names the page in the tab and in the history; null while its name is not known. */
export function useTitle(title: string | null): void {
  useEffect(() => {
    document.title = title ? `${title} · trm-arena` : 'trm-arena';
  }, [title]);
}
