import type { Zippable } from 'fflate';
import { Problem } from '../api/problem';

const ARRAYS = ['preds.npy', 'q_halt_logits.npy', 'q_halt.npy', 'puzzle_identifiers.npy', 'inputs.npy'];
/** The same folder makes the same bytes, as the command line packs them. */
const ALWAYS = new Date(1980, 1, 1);
/** All of them are in memory at once, twice. */
const MOST_BYTES = 1_000_000_000;

/** Whether a folder holds predicted arrays, and not results in JSON. */
export function hasArrays(files: readonly File[]): boolean {
  return files.some(({ name }) => name === ARRAYS[0]);
}

/** A folder of predicted arrays as one `.npz` for the way, as `numpy.savez` would write it. @param folder its name */
export async function packArrays(folder: string, files: readonly File[]): Promise<File> {
  const arrays = ARRAYS.flatMap((name) => files.find((file) => file.name === name) ?? []);
  if (arrays.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES) {
    throw new Problem({
      status: 0,
      title: `The arrays of ${folder} are too large for a page`,
      remedy: 'Send the folder with ./arena answers.',
    });
  }
  const { zipSync } = await import('fflate');
  const entries: Zippable = {};
  for (const file of arrays) entries[file.name] = [new Uint8Array(await file.arrayBuffer()), { level: 0, mtime: ALWAYS }];
  return new File([zipSync(entries)], `${folder}.npz`);
}
