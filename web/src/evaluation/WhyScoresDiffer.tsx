import document from '../../../docs/why-scores-differ.md?raw';
import { Crumbs } from '../shell/Crumbs';
import { Markdown } from '../shell/Markdown';
import { to } from '../shell/routes';
import { useTitle } from '../shell/title';

/** Why another number may come out elsewhere, as the project's document has it. */
export function WhyScoresDiffer() {
  useTitle('Why scores differ');
  return (
    <>
      <Crumbs steps={[{ name: 'Leaderboards', href: to.overview() }]} />
      <article class="document">
        <Markdown text={document} />
      </article>
    </>
  );
}
