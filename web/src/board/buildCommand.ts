import type { PuzzleSetDetail, Recipe } from '../api/types';

/** The command that makes the very same set of the same raw tasks, down to its digest. */
export function buildCommand(set: PuzzleSetDetail, recipe: Recipe): string {
  const hidden = set.solutionsHidden ? ' --allow-missing-solutions' : '';
  return (
    `./arena puzzles build --from DIR --subsets ${quoted(recipe.subsets.join(','))} --test-set ${quoted(recipe.testSets.join(','))}` +
    ` --augmentations ${recipe.augmentations} --seed ${recipe.seed} --split-order ${recipe.splitOrder}${hidden} --name ${quoted(set.name)}`
  );
}

/** As one word for a shell. */
function quoted(word: string): string {
  return /^[\w.,=/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
