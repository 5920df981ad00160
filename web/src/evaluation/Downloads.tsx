import { api } from '../api/paths';
import type { Evaluation } from '../api/types';
import { Icon } from '../shell/Icon';
import { to } from '../shell/routes';
import { Badge } from './Badge';

type Download = readonly [name: string, address: string, title: string];

const SUBMISSION = 'Two attempts for every test output, in the Kaggle format';

/** What was predicted of each example. */
function ofRun({ id, puzzleSetKind }: Evaluation): readonly Download[] {
  return [
    ...(puzzleSetKind === 'arc' ? [] : ([['predictions.npy', api.predictions(id), 'The predicted tokens, examples × length']] as const)),
    ['predictions.jsonl', api.predictionLines(id), 'One example per line: task, augmentation, halt logit and the grid that votes'],
  ];
}

/** What a finished evaluation leaves for other programs. */
export function Downloads({ evaluation }: { readonly evaluation: Evaluation }) {
  const { id, state, puzzleSetKind, answers } = evaluation;
  // What ended early has scores of what there is, but nothing whole to take along.
  if (state !== 'finished') return null;
  const files: readonly Download[] = [
    ...(puzzleSetKind === 'arc' ? ([['submission.json', api.submission(id), SUBMISSION]] as const) : []),
    ...(answers === null ? ofRun(evaluation) : []),
    ['tasks.csv', api.taskTable(id), 'One test output per line: verdict, votes, halt score'],
    ...(Object.keys(evaluation.scores).length > 0 ? reports(evaluation) : []),
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

/** Its scores in the forms in which others collect them. */
function reports({ id, answers }: Evaluation): readonly Download[] {
  return [
    ...(answers === null ? ([['every-eval-ever.json', api.everyEvalEver(id), 'A record of Every Eval Ever']] as const) : []),
    [
      'model-index.yaml',
      api.modelIndex(id, location.origin + to.evaluation(id)),
      'Results for a model card: paste it between the dashes at its top',
    ],
  ];
}
