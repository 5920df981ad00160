import { submissions } from '../api/submissions';
import { Icon } from './Icon';
import { Logo } from './Logo';
import { type Route, to } from './routes';
import { useTheme } from './theme';

/** Which of the parts of the site a page belongs to; the pages about words to none. */
const PART: Partial<Record<Route['page'], 'boards' | 'submit' | 'mine' | 'operations'>> = {
  overview: 'boards',
  set: 'boards',
  setTasks: 'boards',
  setTask: 'boards',
  evaluation: 'boards',
  task: 'boards',
  compare: 'boards',
  model: 'boards',
  evaluations: 'boards',
  models: 'boards',
  sets: 'boards',
  submit: 'submit',
  newSet: 'submit',
  newAnswers: 'submit',
  mine: 'mine',
  operations: 'operations',
};

export function Header({ route }: { readonly route: Route }) {
  // The page that a link leads to is 'page', one behind it 'true'.
  const current = (page: Route['page']) => (route.page === page ? 'page' : PART[route.page] === PART[page] ? 'true' : undefined);
  return (
    <header class="top">
      <div class="top-inner">
        <a class="brand" href={to.overview()} aria-label="trm-arena, all leaderboards">
          <Logo />
          <span>
            trm<span class="brand-dash">-</span>arena
          </span>
        </a>
        <nav class="site-nav" aria-label="Site">
          <a href={to.overview()} aria-current={current('overview')}>
            Leaderboards
          </a>
          <a href={to.submit()} aria-current={current('submit')}>
            Submit
          </a>
          {submissions().length > 0 && (
            <a href={to.mine()} aria-current={current('mine')} title="What was submitted from this browser">
              Mine
            </a>
          )}
          <a href={to.operations()} aria-current={current('operations')}>
            Operations
          </a>
        </nav>
        <ThemeSwitch />
      </div>
    </header>
  );
}

function ThemeSwitch() {
  const [theme, turn] = useTheme();
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <button type="button" class="quiet theme-switch" onClick={turn} title={`Switch to ${other} colours`}>
      <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
      <span class="sr">Switch to {other} colours</span>
    </button>
  );
}

export function Footer() {
  return (
    <footer class="foot">
      <div class="foot-inner">
        <span>Every score is counted from stored predictions, by the rules of the models’ authors.</span>
        <a href={to.evaluations()}>Evaluations</a>
        <a href={to.mine()}>My submissions</a>
        <a href={to.models()}>Models</a>
        <a href={to.sets()}>Puzzle sets</a>
        <a href={to.howToRead()}>How to read this</a>
        <a href={to.docs()}>API</a>
      </div>
    </footer>
  );
}
