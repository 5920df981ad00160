import { Problem } from '../api/problem';

/** What is read of a result of arc-agi-benchmarking; transcripts, which may have megabytes, stay here. */
const READ = new Set([
  'answer',
  'metadata',
  'pair_index',
  'task_id',
  'cost',
  'total_cost',
  'usage',
  'total_tokens',
  'start_timestamp',
  'end_timestamp',
]);

/** Its own scores, which are not believed. */
const SCORES = 'results.json';

const inWords = (a: File, b: File) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/**
 * A folder of results, a JSON a task, as one JSON for the way; the same folder makes the same file.
 *
 * @param folder its name
 */
export async function packResults(folder: string, files: readonly File[]): Promise<File> {
  const tasks: Record<string, unknown> = {};
  const ofTasks = files.filter(isOfATask).sort(inWords);
  if (ofTasks.length === 0) {
    throw new Problem({
      status: 0,
      title: `${folder} holds no answers`,
      remedy: 'Choose a folder with one JSON a task, or with preds.npy and q_halt_logits.npy.',
    });
  }
  for (const file of ofTasks) tasks[file.name.slice(0, file.name.lastIndexOf('.json'))] = await read(file);
  return new File([JSON.stringify(tasks)], `${folder}.json`);
}

function isOfATask({ name }: File): boolean {
  return /\.json(\.gz)?$/.test(name) && !name.startsWith('.') && name !== SCORES;
}

async function read(file: File): Promise<unknown> {
  try {
    return JSON.parse(await text(file), (_, value: unknown) => (isObject(value) ? kept(value) : value));
  } catch {
    throw new Problem({ status: 0, title: `${file.name} is not JSON`, remedy: 'Choose a folder with one JSON a task.' });
  }
}

function text(file: File): Promise<string> {
  if (!file.name.endsWith('.gz')) return file.text();
  return new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names of attempts are kept whatever they are: the platform says which are none. */
function kept(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => READ.has(name) || name.startsWith('attempt')));
}
