import { api } from '../api/paths';
import type { Evaluation } from '../api/types';
import { Command } from '../shell/Notice';
import { to } from '../shell/routes';

/** The score as a picture for a README elsewhere, and the line that puts it there. */
export function Badge({ evaluation }: { readonly evaluation: Evaluation }) {
  const { id, model } = evaluation;
  return (
    <details class="embed" id="badge">
      <summary>Show this score elsewhere</summary>
      <img src={api.badge(id)} height={20} alt={`Badge of ${model}`} />
      <Command>{badgeMarkdown(evaluation)}</Command>
    </details>
  );
}

/** The badge, and behind it the evaluation. */
export function badgeMarkdown({ id, model }: Pick<Evaluation, 'id' | 'model'>): string {
  return `[![${plain(model)}](${location.origin}${api.badge(id)})](${location.origin}${to.evaluation(id)})`;
}

/** Brackets would end the picture's words. */
function plain(name: string): string {
  return name.replace(/[[\]\\]/g, '\\$&');
}
