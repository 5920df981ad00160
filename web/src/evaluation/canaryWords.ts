import type { CanaryVerdict } from '../api/types';

const WORDS: Record<CanaryVerdict, string> = {
  fits: 'It is run as it was trained',
  low: 'Few for a trained checkpoint, and no cause was found',
  rows: 'Suspect: the rows of the puzzle embedding are numbered otherwise',
  cycles: 'Suspect: it was trained with other cycles',
  weights: 'Suspect: these are the raw weights, and the file holds averaged ones',
  dtype: 'Suspect: it was trained in another dtype',
};

export function verdictWords(verdict: CanaryVerdict): string {
  return WORDS[verdict];
}
