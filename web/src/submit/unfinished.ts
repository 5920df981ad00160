import { api } from '../api/paths';
import { Problem } from '../api/problem';
import { getJson } from '../api/resource';
import type { Upload } from '../api/types';

/** A file of which the platform has only a part. */
export interface Unfinished {
  readonly name: string;
  readonly bytes: number;
  readonly offset: number;
}

/**
 * Files that were sent in part: the upload library keeps their addresses in localStorage. What the platform has given up
 * meanwhile is forgotten here, too.
 */
export async function unfinished(storage: Storage = localStorage): Promise<readonly Unfinished[]> {
  const found: Unfinished[] = [];
  for (const { key, id } of kept(storage)) {
    try {
      const { fileName, bytes, offset, digest } = await getJson<Upload>(api.upload(id));
      if (digest === null) found.push({ name: fileName, bytes, offset });
    } catch (error) {
      if (error instanceof Problem && [404, 410].includes(error.details.status)) storage.removeItem(key);
    }
  }
  return found;
}

function kept(storage: Storage): { readonly key: string; readonly id: string }[] {
  const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '').filter((key) => key.startsWith('tus::'));
  return keys.flatMap((key) => {
    try {
      const { uploadUrl } = JSON.parse(storage.getItem(key) ?? '') as { readonly uploadUrl?: unknown };
      if (typeof uploadUrl !== 'string') return [];
      // Beside this platform, another one may have its place on the same host.
      const { pathname } = new URL(uploadUrl, location.href);
      return pathname.startsWith(`${api.uploads()}/`) ? [{ key, id: pathname.replace(/.*\//, '') }] : [];
    } catch {
      // Not of this library.
      return [];
    }
  });
}
