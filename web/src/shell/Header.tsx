import { base } from '../api/base';
import { usePalette } from '../grid/palette';
import { Icon } from './Icon';
import { Logo } from './Logo';
import { type Route, to } from './routes';
import { useTheme } from './theme';

export function Header({ route }: { readonly route: Route }) {
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
          <a href={to.overview()} aria-current={route.page === 'overview' ? 'page' : undefined}>
            Leaderboards
          </a>
          <a href={to.submit()} aria-current={route.page === 'submit' ? 'page' : undefined}>
            Submit
          </a>
          <a href={to.operations()} aria-current={route.page === 'operations' ? 'page' : undefined}>
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

function PaletteSwitch() {
  const [palette, choose] = usePalette();
  return (
    <label class="palette-switch">
      <input type="checkbox" checked={palette === 'safe'} onChange={(event) => choose(event.currentTarget.checked ? 'safe' : 'arc')} />{' '}
      Colour-blind safe ARC grids
    </label>
  );
}

export function Footer() {
  return (
    <footer class="foot">
      <div class="foot-inner">
        <span>Every score is counted from stored predictions, by the rules of the models’ authors.</span>
        <PaletteSwitch />
        <a href={`${base}/q/openapi`}>API</a>
      </div>
    </footer>
  );
}
