import type { Inspection } from '../api/types';

/** Under which a network of a file is chosen, among the settings. */
export const WEIGHTS = 'weights';

/** Under which a checkpoint of an archive is chosen, likewise. */
export const FILE = 'file';

/** As it is named to the server; the file itself has no keys. */
export function choice({ keys, averaged }: Inspection['networks'][number]): string {
  return keys || (averaged ? 'ema' : 'raw');
}

/** For people: where it lies in the file, and what it is. */
export function networkName({ keys, averaged, tensors }: Inspection['networks'][number]): string {
  return `${keys === '' ? 'the file itself' : keys} (${averaged ? 'EMA, a moving average' : 'raw'}, ${tensors} tensors)`;
}
