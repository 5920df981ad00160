import { useState } from 'preact/hooks';
import { type RawTasks, RULES } from '../api/types';
import { bytes, plural } from '../format/numbers';
import { Name } from '../shell/Name';
import { FromHub } from './FromHub';
import { lookFor, type OfHub } from './fetchSet';

interface SetFromHubProps {
  readonly found: OfHub | null;
  readonly onFound: (found: OfHub | null) => void;
  readonly chosen: readonly string[];
  readonly onChoose: (subsets: readonly string[]) => void;
}

/** Puzzles that lie on a hub: what there is, and of raw ARC tasks the recipe to build a set of them by. Nothing is fetched yet. */
export function SetFromHub({ found, onFound, chosen, onChoose }: SetFromHubProps) {
  const [from, setFrom] = useState('');
  return (
    <>
      <FromHub
        label="Or from a hub: a CSV, or a folder of raw ARC tasks"
        placeholder="hf://datasets/OWNER/REPO/FOLDER@main"
        action="Look"
        ask={async (name) => {
          onFound(null);
          const seen = await lookFor(name);
          setFrom(name);
          onFound(seen);
        }}
      />
      {found && 'csv' in found && (
        <p class="sub-inline">
          <Name>{found.csv.path}</Name>, {bytes(found.csv.bytes)}, will be fetched from <Name>{from}</Name>.
        </p>
      )}
      {found && 'rawTasks' in found && <Recipe rawTasks={found.rawTasks} chosen={chosen} onChoose={onChoose} />}
    </>
  );
}

interface RecipeProps {
  readonly rawTasks: readonly RawTasks[];
  readonly chosen: readonly string[];
  readonly onChoose: (subsets: readonly string[]) => void;
}

/** In the order in which they were chosen subsets are read, as the authors' script reads them. */
function Recipe({ rawTasks, chosen, onChoose }: RecipeProps) {
  return (
    <fieldset>
      <legend>Raw ARC tasks, of which the platform builds the set</legend>
      {rawTasks.map(({ subset, files }) => {
        const at = chosen.indexOf(subset);
        return (
          <div key={subset}>
            <label class="check">
              <input
                type="checkbox"
                checked={at >= 0}
                onChange={() => onChoose(at >= 0 ? chosen.filter((other) => other !== subset) : [...chosen, subset])}
              />
              <span>
                <Name>{subset}</Name>: {plural(files.length, 'file')}, {bytes(files.reduce((sum, file) => sum + file.bytes, 0))}
                {at >= 0 && chosen.length > 1 && `, read as number ${at + 1}`}
              </span>
            </label>
            {at >= 0 && (
              <label class="check">
                {/* Of several, which of them is to be predicted nobody knows but the person. */}
                <input type="checkbox" name="testSet" value={subset} defaultChecked={rawTasks.length === 1} />
                <span>
                  its tests are to be predicted
                  <span class="sr">
                    , those of <Name>{subset}</Name>
                  </span>
                </span>
              </label>
            )}
          </div>
        );
      })}
      <label>
        <span>Augmentations of each task, as many as the model was trained with</span>
        <input
          name="augmentations"
          type="number"
          required
          min={RULES.recipeAugmentations.least}
          max={RULES.recipeAugmentations.most}
          defaultValue={RULES.recipeAugmentations.most}
        />
      </label>
    </fieldset>
  );
}
