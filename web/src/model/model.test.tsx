import { act, cleanup, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '../api/paths';
import type { EvaluationLine, Model } from '../api/types';
import { HandSource } from '../testing/HandSource';
import { bestScore, evaluation, evaluationLine, model, modelCheckpoint, protocol } from '../testing/samples';
import { changes, firstWithWeights } from './changes';
import { ModelPage } from './ModelPage';

const NAME = 'a/<b>model</b>';
const PAGE = 25;

let answers: Record<string, unknown>;
let source: HandSource;
const asked: string[] = [];

function answering(changed: Partial<Model>, evaluations: readonly EvaluationLine[], next: string | null = null): void {
  answers[api.model(NAME)] = model({ name: NAME, ...changed });
  answers[api.modelHistory(NAME, null, PAGE)] = { evaluations, next };
}

beforeEach(() => {
  answers = {};
  asked.length = 0;
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    const body = answers[path];
    return body === undefined
      ? Response.json({ status: 404, title: 'not there', remedy: 'look elsewhere' }, { status: 404 })
      : Response.json(body);
  });
  vi.stubGlobal('EventSource', function open() {
    source = new HandSource();
    return source;
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the page of a model', () => {
  it('shows the best on each set, its checkpoints and its evaluations, and every name as text', async () => {
    const early = protocol({ key: '16-steps.bfloat16.early', label: '16 steps at most · bfloat16', whole: false });
    answering({ evaluations: 2, best: [bestScore(), bestScore({ evaluation: 'e2', protocol: early, score: 0.9, interval: null })] }, [
      evaluationLine({ id: 'e2', protocol: early, score: 0.9, interval: null, verification: 'reproduced', repeat: 2 }),
      evaluationLine({
        id: 'e3',
        state: 'failed',
        partial: true,
        score: 0.25,
        answered: { tasks: 4, of: 16, atLeast: { exact_accuracy: 0.0625 } },
      }),
      evaluationLine({ id: 'e4', state: 'running', score: null, interval: null }),
    ]);
    render(<ModelPage name={NAME} after={null} />);
    expect(await screen.findByRole('heading', { level: 1, name: NAME })).toBeTruthy();
    await waitFor(() => expect(document.title).toBe(`${NAME} · trm-arena`));

    const best = within(await screen.findByRole('region', { name: 'Table of best scores' }));
    expect(best.getAllByRole('link', { name: 'sudoku-4x4' }).map((link) => link.getAttribute('href'))).toEqual([
      '/sets/sudoku-4x4?protocol=16-steps.bfloat16',
      '/sets/sudoku-4x4?protocol=16-steps.bfloat16.early',
    ]);
    expect(best.getByText('87.50%')).toBeTruthy();
    expect(best.getByText(/80.0–92.0%/)).toBeTruthy();
    expect(best.getByText('preview or analysis')).toBeTruthy();

    const history = within(await screen.findByRole('region', { name: `Evaluations of ${NAME}` }));
    const rows = history.getAllByRole('row').slice(1);
    expect(rows.map((row) => row.getAttribute('data-state'))).toEqual(['finished', 'failed', 'running']);
    expect(within(rows[0]!).getByText('reproduced')).toBeTruthy();
    expect(within(rows[0]!).getByText('repeat 2')).toBeTruthy();
    expect(within(rows[1]!).getByText('partial score, over 4 of 16 tasks, at least 6.25% of all')).toBeTruthy();
    expect(within(rows[1]!).getByRole('link', { name: 'sudoku-4x4' }).getAttribute('href')).toBe('/sets/sudoku-4x4');
    expect(within(rows[2]!).getByText('–')).toBeTruthy();
    expect(within(rows[2]!).getByRole('rowheader').querySelector('a')!.getAttribute('href')).toBe('/evaluations/e4');
    expect(screen.queryByRole('navigation', { name: 'Pages of evaluations' })).toBeNull();
  });

  it('names others that have the same weights, and says what a checkpoint changed', async () => {
    const first = modelCheckpoint({ manifest: '01', fileName: 'step_1' });
    const second = modelCheckpoint({
      manifest: '02',
      checkpoint: 'cd'.repeat(32),
      fileName: 'step_2',
      otherModels: ['twin', 'x/<i>y</i>', 'z'],
    });
    const third = modelCheckpoint({
      manifest: '03',
      fileName: 'packed.zip',
      source: '99',
      hyperParameters: { highCycles: 2, lowCycles: 6 },
    });
    answering({ checkpointCount: 3, checkpoints: [third, second, first] }, [evaluationLine()]);
    render(<ModelPage name={NAME} after={null} />);
    await screen.findByRole('heading', { name: 'Checkpoints' });
    const [newest, middle, oldest] = [...document.querySelectorAll<HTMLElement>('.lineage > li')];
    expect(newest!.textContent).toContain('This model had these weights before: step_1, ');
    expect(newest!.textContent).toContain('in another file.');
    expect(newest!.querySelector('.changes li')!.textContent).toContain('highCycles 3 →became 2');
    expect(middle!.querySelector('.same-weights')!.textContent).toContain('The same weights as twin, x/<i>y</i> and z');
    expect(within(middle!).getByRole('link', { name: 'x/<i>y</i>' }).getAttribute('href')).toBe('/models/x%2F%3Ci%3Ey%3C%2Fi%3E');
    expect(middle!.textContent).toContain('The configuration is that of step_1 before it.');
    expect(oldest!.querySelector('.same-weights, .changes')).toBeNull();
  });

  it('shows the newest of many checkpoints and the others when asked', async () => {
    const many = Array.from({ length: 20 }, (_, i) => modelCheckpoint({ manifest: String(i), checkpoint: String(i) }));
    answering({ checkpointCount: 300, checkpoints: many }, [evaluationLine()]);
    render(<ModelPage name={NAME} after={null} />);
    const more = await screen.findByRole('button', { name: 'Show all 20 checkpoints' });
    expect(screen.getByText('the newest 20 of 300')).toBeTruthy();
    expect(document.querySelectorAll('.lineage > li')).toHaveLength(8);
    act(() => more.click());
    expect(document.querySelectorAll('.lineage > li')).toHaveLength(20);
  });

  it('goes on to older evaluations and back to the newest', async () => {
    answering({}, [evaluationLine()], 'e1');
    answers[api.modelHistory(NAME, 'e1', PAGE)] = { evaluations: [evaluationLine({ id: 'e0' })], next: null };
    const { rerender } = render(<ModelPage name={NAME} after={null} />);
    const older = await screen.findByRole('link', { name: 'Older' });
    expect(older.getAttribute('href')).toBe('/models/a%2F%3Cb%3Emodel%3C%2Fb%3E?after=e1');
    rerender(<ModelPage name={NAME} after="e1" />);
    const newest = await screen.findByRole('link', { name: 'Newest' });
    expect(newest.getAttribute('href')).toBe('/models/a%2F%3Cb%3Emodel%3C%2Fb%3E');
    await waitFor(() => expect(document.querySelector('[data-evaluation="e0"]')).toBeTruthy());
    expect(screen.queryByRole('link', { name: 'Older' })).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Evaluations' }));
  });

  it('is read anew when one of its evaluations gets into another state, and not for others', async () => {
    answering({}, [evaluationLine({ state: 'running', score: null, interval: null })]);
    render(<ModelPage name={NAME} after={null} />);
    await screen.findByText('running');
    expect(screen.getByText('No evaluation of it has a score yet.')).toBeTruthy();
    answering({ best: [bestScore()] }, [evaluationLine()]);
    const before = asked.length;
    act(() => source.says(JSON.stringify(evaluation({ model: 'another', state: 'finished' }))));
    expect(asked).toHaveLength(before);
    act(() => source.says(JSON.stringify(evaluation({ model: NAME, state: 'finished' }))));
    expect(await screen.findByText('finished')).toBeTruthy();
    expect(await screen.findByRole('region', { name: 'Table of best scores' })).toBeTruthy();
    const read = asked.length;
    act(() => source.says(JSON.stringify(evaluation({ model: NAME, state: 'finished' }))));
    expect(asked).toHaveLength(read);
  });

  it('says that there is no such model, once', async () => {
    render(<ModelPage name={NAME} after={null} />);
    const alerts = await screen.findAllByRole('alert');
    expect(alerts).toHaveLength(1);
    expect(alerts[0]!.textContent).toContain('look elsewhere');
    await waitFor(() => expect(document.title).toBe('No such model · trm-arena'));
  });

  it('shows the rest when the history cannot be read', async () => {
    answering({}, []);
    delete answers[api.modelHistory(NAME, null, PAGE)];
    render(<ModelPage name={NAME} after={null} />);
    expect((await screen.findByRole('alert')).textContent).toContain('look elsewhere');
    expect(screen.getByRole('heading', { name: 'Checkpoints' })).toBeTruthy();
  });
});

describe('a lineage', () => {
  it('tells values that came, went and changed, the architecture first', () => {
    const before = modelCheckpoint({ architecture: 'hrm', hyperParameters: { b: 1, gone: true, same: 'x' } });
    const now = modelCheckpoint({ hyperParameters: { b: 2, came: 1e-5, same: 'x' } });
    expect(changes(before, now)).toEqual([
      { name: 'architecture', before: 'hrm', now: 'trm' },
      { name: 'b', before: '1', now: '2' },
      { name: 'came', before: null, now: '0.00001' },
      { name: 'gone', before: 'true', now: null },
    ]);
  });

  it('finds the first that brought the weights', () => {
    const same = ['1', '2', '3'].map((manifest) => modelCheckpoint({ manifest }));
    expect(firstWithWeights(same[0]!, same.slice(1))).toBe(same[2]);
    expect(firstWithWeights(modelCheckpoint({ checkpoint: 'other' }), same)).toBeUndefined();
  });
});
