import { useCallback } from 'preact/hooks';
import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { Model, ModelHistory } from '../api/types';
import { LiveDot } from '../board/Activity';
import { plural } from '../format/numbers';
import { Remove } from '../operate/Remove';
import { Ago } from '../shell/Ago';
import { Crumbs } from '../shell/Crumbs';
import { Name } from '../shell/Name';
import { Loading, ProblemNotice } from '../shell/Notice';
import { to } from '../shell/routes';
import { useTitle } from '../shell/title';
import { BestScores } from './BestScores';
import { Evaluations } from './Evaluations';
import { Lineage } from './Lineage';
import { useNews } from './useNews';

const PAGE = 25;

interface PageProps {
  readonly name: string;
  /** The evaluation behind which the shown part of the history begins; null for the newest. */
  readonly after: string | null;
}

/** Everything under one name: the best it reached, its checkpoints and whose weights they are, and all that was run. */
export function ModelPage({ name, after }: PageProps) {
  const { value: model, problem, reload } = useResource<Model>(api.model(name));
  const history = useResource<ModelHistory>(api.modelHistory(name, after, PAGE));
  const reloadHistory = history.reload;
  const onNews = useCallback(() => {
    reload();
    reloadHistory();
  }, [reload, reloadHistory]);
  const status = useNews(name, onNews);
  useTitle(problem?.notFound ? 'No such model' : name);
  return (
    <>
      <Crumbs steps={[{ name: 'Leaderboards', href: to.overview() }]} />
      <div class="headline">
        <h1 tabIndex={-1}>
          <Name>{name}</Name>
        </h1>
        {model && <LiveDot status={status} />}
      </div>
      {model && <ModelFacts model={model} />}
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!model && !problem && <Loading what={`the model ${name}`} />}
      {model && (
        <div class="boards model-page">
          <BestScores model={model} />
          <Lineage model={model} />
          <Evaluations name={name} after={after} history={history} />
          <Remove what="this model" path={api.model(name)} />
        </div>
      )}
    </>
  );
}

function ModelFacts({ model }: { readonly model: Model }) {
  return (
    <p class="facts">
      <span class="tag">Model</span>
      <span>{plural(model.checkpointCount, 'checkpoint')}</span>
      <span>{plural(model.evaluations, 'evaluation')}</span>
      <span>
        first <Ago time={model.firstSeen} />
      </span>
      {model.evaluations > 1 && (
        <span>
          last <Ago time={model.lastSeen} />
        </span>
      )}
    </p>
  );
}
