import { api } from '../api/paths';
import { Problem } from '../api/problem';
import { getJson, postJson } from '../api/resource';
import type { Fetched, FileOfHub, HubFolder, RawTasks } from '../api/types';
import { followFetch } from './followFetch';
import type { Sending } from './sendFile';

/** What a hub has of a puzzle set: a CSV, or the subsets of raw ARC tasks to choose from. */
export type OfHub = { readonly csv: FileOfHub } | { readonly rawTasks: readonly RawTasks[] };

const withoutRevision = (name: string) => name.replace(/@[^@]*$/, '');

/** Looks, and fetches nothing. @param from `hf://datasets/OWNER/REPO/PATH@REVISION` of a CSV, a folder or a file of challenges */
export async function lookFor(from: string): Promise<OfHub> {
  if (withoutRevision(from).endsWith('.csv')) {
    const { file } = await postJson<Fetched>(api.fetches(), { from, dryRun: true });
    return { csv: { from, path: file.fileName, bytes: file.bytes } };
  }
  const { rawTasks } = await getJson<HubFolder>(api.hubFolder(from));
  if (rawTasks.length === 0) {
    throw new Problem({
      status: 422,
      title: `There are no raw tasks in ${from}.`,
      remedy: 'Name a folder with SUBSET_challenges.json and SUBSET_solutions.json, one with a JSON file a task, or a CSV.',
    });
  }
  return { rawTasks };
}

/**
 * Has the platform fetch files, one after the other, all at the commit that the first was looked up at.
 *
 * @param onFetched hears the bytes of all of them
 */
export async function fetchAll(
  files: readonly FileOfHub[],
  fetching: { current: Pick<Sending, 'pause'> | null },
  onFetched: (bytes: number) => void,
) {
  const uploads: { path: string; upload: string }[] = [];
  let commit: string | null = null;
  let before = 0;
  onFetched(before);
  for (const { from, path, bytes } of files) {
    const asked: string = commit === null ? from : `${withoutRevision(from)}@${commit}`;
    const { file } = await postJson<Fetched>(api.fetches(), { from: asked });
    commit = file.origin.commit;
    const upload = file.upload ?? '';
    const already = before;
    await new Promise<void>((resolve, reject) => {
      const pause = followFetch(file, upload, {
        onShow: (now) => onFetched(already + now.offset),
        onWhole: () => resolve(),
        onProblem: (_, problem) => reject(problem),
      });
      fetching.current = { pause };
    });
    uploads.push({ path, upload });
    before += bytes;
  }
  return uploads;
}
