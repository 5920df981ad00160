import { RULES } from '../api/types';

/** A file of a puzzle set and its path in the dataset's folder. */
export interface SetFile {
  readonly path: string;
  readonly file: File;
}

const COMPACT = new RegExp(RULES.filesOfCompactSet);
const DATASET = new RegExp(RULES.filesOfDataset);

/**
 * Which files of a chosen folder make the puzzle set: those of the test split, as the authors' scripts lay them out, or a compact
 * set. A training split of gigabytes stays where it is.
 */
export function setFiles(files: readonly File[]): SetFile[] {
  const all = files.map((file) => ({ path: inside(file.webkitRelativePath), file }));
  if (all.some(({ path }) => path === 'manifest.json')) return all.filter(({ path }) => COMPACT.test(path));
  return all.filter(({ path }) => DATASET.test(path));
}

/** The path without the name of the folder that was chosen. */
function inside(path: string): string {
  return path.slice(path.indexOf('/') + 1);
}
