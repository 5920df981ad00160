import { api } from '../api/paths';
import type { Evaluation } from '../api/types';
import { Icon } from '../shell/Icon';
import { Badge } from './Badge';

/** What a finished evaluation leaves for other programs. */
export function Downloads({ evaluation }: { readonly evaluation: Evaluation }) {
  const { id, state, puzzleSetKind } = evaluation;
  // What ended early has scores of what there is, but nothing whole to take along.
  if (state !== 'finished') return null;
  const files: readonly [name: string, address: string, title: string][] = [
    puzzleSetKind === 'arc'
      ? ['submission.json', api.submission(id), 'Two attempts for every test output, in the Kaggle format']
      : ['predictions.npy', api.predictions(id), 'The predicted tokens, examples × length'],
    ['predictions.jsonl', api.predictionLines(id), 'One example per line: task, augmentation, halt logit and the grid that votes'],
    ['tasks.csv', api.taskTable(id), 'One test output per line: verdict, votes, halt score'],
  ];
  return (
    <>
      <p class="downloads">
        {files.map(([name, address, title]) => (
          <a key={name} class="button" href={address} download={`${evaluation.model}-${name}`} title={title}>
            <Icon name="download" /> {name}
          </a>
        ))}
      </p>
      <Badge evaluation={evaluation} />
    </>
  );
}
