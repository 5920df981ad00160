import { api } from '../api/paths';
import { useResource } from '../api/resource';
import type { PuzzleSetDetail, Recipe } from '../api/types';
import { count } from '../format/numbers';
import { Digest } from '../shell/Digest';
import { Fact } from '../shell/Fact';
import { Command } from '../shell/Notice';
import { buildCommand } from './buildCommand';

const IMPORTED = {
  directory: 'Imported as a dataset directory',
  csv_or_directory: 'Imported as a CSV, or as the dataset directory made of one: both are the same set',
};

/** Where a set comes from, and how to make it again. */
export function Origin({ name }: { readonly name: string }) {
  const { value: set } = useResource<PuzzleSetDetail>(api.puzzleSet(name));
  if (!set) return null;
  return (
    <section class="card" aria-labelledby="origin">
      <header class="card-head">
        <h2 id="origin">Where it comes from</h2>
      </header>
      {set.recipe ? <Built set={set} recipe={set.recipe} /> : <p class="origin">{IMPORTED[set.origin as keyof typeof IMPORTED]}.</p>}
      {set.fetchedFrom && (
        <p class="sub-inline">
          Fetched from{' '}
          <a href={set.fetchedFrom.page} rel="noopener noreferrer" title={`${set.fetchedFrom.path} at commit ${set.fetchedFrom.commit}`}>
            {set.fetchedFrom.hub}/{set.fetchedFrom.repository}
          </a>
          .
        </p>
      )}
    </section>
  );
}

function Built({ set, recipe }: { readonly set: PuzzleSetDetail; readonly recipe: Recipe }) {
  return (
    <>
      <dl class="pairs">
        <Fact name="Subsets, in this order">{recipe.subsets.join(', ')}</Fact>
        <Fact name={recipe.testSets.length === 1 ? 'Test set' : 'Test sets'}>{recipe.testSets.join(', ')}</Fact>
        <Fact name="Augmentations of each task">{count(recipe.augmentations)}</Fact>
        <Fact name="Seed">{String(recipe.seed)}</Fact>
        <Fact name="Split order">{recipe.splitOrder}</Fact>
        <Fact name="Solutions">{set.solutionsHidden ? 'hidden' : 'known'}</Fact>
        <div>
          <dt>Digest of the set</dt>
          <dd>
            <Digest digest={set.digest} what={`${set.name} as built`} />
          </dd>
        </div>
      </dl>
      <p class="sub-inline">The same set, from the folder of the raw tasks:</p>
      <Command>{buildCommand(set, recipe)}</Command>
    </>
  );
}
