import { Crumbs } from '../shell/Crumbs';
import { Markdown } from '../shell/Markdown';
import { to } from '../shell/routes';
import { useTitle } from '../shell/title';
import { Picture } from './Picture';
import { anchor, CHAPTERS, capital, lineOf } from './terms';

/** The words of the site, each with its line of the glossary and a picture. */
export function HowToRead() {
  useTitle('How to read this');
  return (
    <>
      <Crumbs steps={[{ name: 'Leaderboards', href: to.overview() }]} />
      <h1 tabIndex={-1}>How to read this</h1>
      <p class="lead">
        A model gets a puzzle, improves its answer step by step, and what it says in the end is compared with the solution. Twenty words are
        enough to read every page here. <a href={to.whyScoresDiffer()}>Why scores differ</a> from those elsewhere is a page of its own.
      </p>
      {CHAPTERS.map(({ title, terms }) => (
        <section key={title} class="chapter" aria-label={title}>
          <h2>{title}</h2>
          <dl class="terms">
            {terms.map((term) => (
              <div key={term} id={anchor(term)} class="card term">
                <Picture term={term} />
                <dt>{capital(term)}</dt>
                <dd>
                  <Markdown text={lineOf(term)} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}
