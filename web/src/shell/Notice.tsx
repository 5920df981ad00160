import type { ComponentChildren } from 'preact';
import { base } from '../api/base';
import type { Problem } from '../api/problem';
import { Icon } from './Icon';
import { Name } from './Name';
import { Lines } from './Scrolling';

/** Where the command line looks for a platform when nobody says where one is. */
const USUAL = 'http://localhost:8080';

interface NoticeProps {
  /** A warning is about what is shown, an error about what cannot be. */
  readonly tone: 'error' | 'warning' | 'empty';
  readonly title: string;
  readonly children?: ComponentChildren;
  readonly retry?: () => void;
}

export function Notice({ tone, title, children, retry }: NoticeProps) {
  return (
    <div class={`notice notice-${tone}`} role={tone === 'error' ? 'alert' : undefined}>
      {tone !== 'empty' && <Icon name="warning" />}
      <div>
        <p class="notice-title">{title}</p>
        {children}
        {retry && (
          <button type="button" onClick={retry}>
            Try again
          </button>
        )}
      </div>
    </div>
  );
}

/** Shows a refusal of the API as it was given, once: what, where, and what to do. A title of several lines is a list. */
export function ProblemNotice({ problem, retry }: { readonly problem: Problem; readonly retry?: () => void }) {
  const { title, problem: detail, file, place, remedy } = problem.details;
  const where = [file, place].filter((part) => part && !title.includes(part)).join(', ');
  const [first = title, ...others] = title.split('\n');
  return (
    <Notice tone="error" title={first} {...(retry ? { retry } : {})}>
      {others.length > 0 && (
        <ul class="problems">
          {others.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {detail && !title.includes(detail) && <p>{detail}</p>}
      {where && <p class="where">{where}</p>}
      {remedy && <p class="remedy">{remedy}</p>}
    </Notice>
  );
}

/** Room for what is being read; says so only to those who wait long enough to wonder. */
export function Loading({ what }: { readonly what: string }) {
  return (
    <div class="loading" role="status">
      <span class="loading-text">
        Loading <Name>{what}</Name>…
      </span>
      <span class="loading-line" />
      <span class="loading-line" />
      <span class="loading-line" />
    </div>
  );
}

/** A command that asks this very platform: it says where that is, unless that is where the command line looks by itself. */
export function ArenaCommand({ children }: { readonly children: string }) {
  const here = location.origin + base;
  return <Command>{`./arena ${children}${here === USUAL ? '' : ` --url ${here}`}`}</Command>;
}

/** A shell command to copy by hand. */
export function Command({ children }: { readonly children: string }) {
  return (
    <figure class="command" aria-label="Command">
      <Lines>
        <code>{children}</code>
      </Lines>
    </figure>
  );
}
