interface Unfinished {
  readonly name: string;
  readonly bytes: number;
}

/** Files that were sent in part: the upload library keeps their addresses in localStorage. */
export function unfinished(storage: Storage = localStorage): Unfinished[] {
  const found: Unfinished[] = [];
  for (let i = 0; i < storage.length; i++) {
    const key = storage.key(i);
    if (key === null || !key.startsWith('tus::')) continue;
    try {
      const { size, metadata } = JSON.parse(storage.getItem(key) ?? '') as { size: number; metadata: { filename: string } };
      found.push({ name: String(metadata.filename), bytes: Number(size) });
    } catch {
      // Not of this library.
    }
  }
  return found;
}
