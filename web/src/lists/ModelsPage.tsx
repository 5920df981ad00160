import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { Evaluation, EvaluationPage } from '../api/types';
import { count } from '../format/numbers';
import { Ago } from '../shell/Ago';
import { Crumbs } from '../shell/Crumbs';
import { Name } from '../shell/Name';
import { Loading, ProblemNotice } from '../shell/Notice';
import { navigate } from '../shell/navigation';
import { to } from '../shell/routes';
import { ScrollRoom } from '../shell/Scrolling';
import { useTitle } from '../shell/title';
import { ListTools, Older } from './ListTools';
import { has, type ListView } from './listView';

/** Of so many evaluations a page names the models: as many as the platform tells at once. */
const PER_PAGE = 200;

/** A model as some evaluations know it. */
export interface Line {
  readonly name: string;
  readonly newest: Evaluation;
  readonly evaluations: number;
  /** Puzzle sets, in the order in which they were run on last. */
  readonly sets: readonly string[];
}

/** The models of evaluations, in their order: the one that was submitted last comes first. */
export function modelsOf(evaluations: readonly Evaluation[]): readonly Line[] {
  const lines = new Map<string, Line>();
  for (const evaluation of evaluations) {
    const { model: name, puzzleSet } = evaluation;
    const line = lines.get(name) ?? { name, newest: evaluation, evaluations: 0, sets: [] };
    const sets = line.sets.includes(puzzleSet) ? line.sets : [...line.sets, puzzleSet];
    lines.set(name, { ...line, evaluations: line.evaluations + 1, sets });
  }
  return [...lines.values()];
}

/** Who was evaluated here, by the newest evaluations, a page at a time. */
export function ModelsPage({ view }: { readonly view: ListView }) {
  const { value, problem, reload } = useResource<EvaluationPage>(api.evaluations(PER_PAGE, view.after));
  useTitle('Models');
  const all = modelsOf(value?.evaluations ?? []);
  const shown = all.filter(({ name, sets }) => has(view.filter, name, ...sets));
  return (
    <>
      <Crumbs steps={[{ name: 'Leaderboards', href: to.overview() }]} />
      <h1 tabIndex={-1}>Models</h1>
      <p class="lead">
        {value
          ? `The models of ${view.after === null ? 'the newest' : 'older'} ${count(value.evaluations.length)} evaluations, the latest first.`
          : 'The models that were evaluated here, the latest first.'}
      </p>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!value && !problem && <Loading what="the models" />}
      {value && (
        <section class="card" aria-label="Models">
          <ListTools
            {...{ filter: view.filter, shown: shown.length, all: all.length, one: 'model' }}
            placeholder="model, set …"
            onFilter={(filter) => navigate(to.models({ ...view, filter }), true)}
          />
          {shown.length > 0 ? (
            <Table lines={shown} />
          ) : (
            <p class="nothing">
              {all.length === 0 ? 'No model was submitted yet.' : 'No model of these evaluations has all of these words.'}
            </p>
          )}
          <Older
            newest={view.after === null ? null : to.models({ ...view, after: null })}
            older={value.next === null ? null : to.models({ ...view, after: value.next })}
          />
        </section>
      )}
    </>
  );
}

function Table({ lines }: { readonly lines: readonly Line[] }) {
  return (
    <ScrollRoom label="Table of models">
      <table class="board">
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">Puzzle sets</th>
            <th scope="col" class="num">
              Evaluations
            </th>
            <th scope="col" class="num">
              Newest
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, newest, evaluations, sets }) => (
            <tr key={name} data-model={name}>
              <th scope="row" class="model">
                <a href={to.model(name)}>
                  <Name>{name}</Name>
                </a>
              </th>
              <td class="model">
                {sets.map((set) => (
                  <span class="sub" key={set}>
                    <a href={to.set(set)}>
                      <Name>{set}</Name>
                    </a>
                  </span>
                ))}
              </td>
              <td class="num">{count(evaluations)}</td>
              <td class="num when">
                <a href={to.evaluation(newest.id)}>
                  <span class="sr">
                    Newest evaluation of <Name>{name}</Name>,{' '}
                  </span>
                  <Ago time={newest.createdAt} />
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRoom>
  );
}
