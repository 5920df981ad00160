import { useEffect, useErrorBoundary, useMemo, useRef } from 'preact/hooks';
import { Overview } from '../board/Overview';
import { SetPage } from '../board/SetPage';
import { EvaluationPage } from '../evaluation/EvaluationPage';
import { WhyScoresDiffer } from '../evaluation/WhyScoresDiffer';
import { ModelPage } from '../model/ModelPage';
import { OperationsPage } from '../operate/OperationsPage';
import { HowToRead } from '../reading/HowToRead';
import { NewAnswersPage } from '../submit/NewAnswersPage';
import { NewSetPage } from '../submit/NewSetPage';
import { SubmitPage } from '../submit/SubmitPage';
import { TaskPage } from '../task/TaskPage';
import { Footer, Header } from './Header';
import { Later } from './Later';
import { Notice } from './Notice';
import { followLinks, openLinksOutside, usePlace } from './navigation';
import { parseRoute, type Route, to } from './routes';
import { useTitle } from './title';

const loadEmbed = () => import('../embed/EmbedPage').then((part) => part.EmbedPage);
const loadCompare = () => import('../compare/ComparePage').then((part) => part.ComparePage);
const loadSetTasks = () => import('../browse/SetTasksPage').then((part) => part.SetTasksPage);
const loadSetTask = () => import('../browse/SetTaskPage').then((part) => part.SetTaskPage);

const loadEvaluations = () => import('../lists/EvaluationsPage').then((part) => part.EvaluationsPage);
const loadDocs = () => import('../docs/DocsPage').then((part) => part.DocsPage);
const loadMine = () => import('../lists/MinePage').then((part) => part.MinePage);
const loadModels = () => import('../lists/ModelsPage').then((part) => part.ModelsPage);
const loadSets = () => import('../lists/SetsPage').then((part) => part.SetsPage);

export function App() {
  const { path, search } = usePlace();
  const route = useMemo(() => parseRoute(path, search), [path, search]);
  const embedded = route.page === 'embed';
  useEffect(() => (embedded ? openLinksOutside() : followLinks()), [embedded]);
  useFocusOnNewPage(path);
  if (embedded) {
    return (
      <main id="main" tabIndex={-1} class="embed-page">
        <Guarded key={path} route={route} />
      </main>
    );
  }
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <Header route={route} />
      <main id="main" tabIndex={-1}>
        <Guarded key={path} route={route} />
      </main>
      <Footer />
    </>
  );
}

/** A page that cannot be drawn says so; the others stay reachable. */
function Guarded({ route }: { readonly route: Route }) {
  const [error, again] = useErrorBoundary();
  if (error === undefined) return <Page route={route} />;
  return (
    <Notice tone="error" title="This page could not be drawn" retry={again}>
      <p>{error instanceof Error ? error.message : String(error)}</p>
    </Notice>
  );
}

function Page({ route }: { readonly route: Route }) {
  switch (route.page) {
    case 'overview':
      return <Overview picture={route.picture} />;
    case 'set':
      return <SetPage name={route.name} view={route.view} />;
    case 'setTasks':
      return <Later what="the tasks" load={loadSetTasks} props={{ set: route.name, view: route.view }} />;
    case 'setTask':
      return <Later what="the task" load={loadSetTask} props={{ set: route.name, id: route.id }} />;
    case 'evaluation':
      return <EvaluationPage id={route.id} view={route.view} pageNumber={route.pageNumber} step={route.step} />;
    case 'submit':
      return <SubmitPage set={route.set} />;
    case 'newAnswers':
      return <NewAnswersPage set={route.set} />;
    case 'newSet':
      return <NewSetPage />;
    case 'compare':
      return <Later what="the comparison" load={loadCompare} props={{ ids: route.ids, published: route.published }} />;
    case 'task':
      return <TaskPage id={route.id} index={route.index} view={route.view} at={route.at} looks={route.looks} />;
    case 'model':
      return <ModelPage name={route.name} after={route.after} />;
    case 'operations':
      return <OperationsPage />;
    case 'evaluations':
      return <Later what="the evaluations" load={loadEvaluations} props={{ view: route.view }} />;
    case 'mine':
      return <Later what="your submissions" load={loadMine} props={{}} />;
    case 'models':
      return <Later what="the models" load={loadModels} props={{ view: route.view }} />;
    case 'sets':
      return <Later what="the puzzle sets" load={loadSets} props={{ view: route.view }} />;
    case 'whyScoresDiffer':
      return <WhyScoresDiffer />;
    case 'howToRead':
      return <HowToRead />;
    case 'docs':
      return <Later what="the document of the API" load={loadDocs} props={{}} />;
    case 'embed':
      return <Later what="the page" load={loadEmbed} props={{ of: route.of }} />;
    case 'unknown':
      return <Unknown path={route.path} />;
  }
}

function Unknown({ path }: { readonly path: string }) {
  useTitle('No such page');
  return (
    <>
      <h1 tabIndex={-1}>No such page</h1>
      <Notice tone="empty" title={`There is nothing at ${path}`}>
        <p>
          Start at the <a href={to.overview()}>leaderboards</a>.
        </p>
      </Notice>
    </>
  );
}

/**
 * After going to another page the focus stands on its heading, as after loading it: a screen reader reads it, Tab goes
 * on from there. A changed filter on the same page leaves the focus where it is.
 */
function useFocusOnNewPage(path: string): void {
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    const over = focusOnHeading();
    window.scrollTo(0, 0);
    return over;
  }, [path]);
}

/** A page whose script or data is still on its way has no heading yet: it takes the focus when it comes, unless somebody has gone on. */
function focusOnHeading(): () => void {
  const main = document.getElementById('main');
  const focus = () => {
    const heading = main?.querySelector<HTMLElement>('h1');
    heading?.focus({ preventScroll: true });
    return heading != null;
  };
  const comes = new MutationObserver(() => {
    if (document.activeElement !== main || focus()) comes.disconnect();
  });
  if (main !== null && !focus()) {
    main.focus({ preventScroll: true });
    comes.observe(main, { childList: true, subtree: true });
  }
  return () => comes.disconnect();
}
