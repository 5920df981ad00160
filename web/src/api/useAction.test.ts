import { act, renderHook } from '@testing-library/preact';
import { expect, it } from 'vitest';
import { Problem } from './problem';
import { useAction } from './useAction';

/** A hook whose calls end when the test says so. */
function asked() {
  const calls: { readonly words: string; readonly answer: (answer: string) => void; readonly refuse: (error: Error) => void }[] = [];
  const call = (words: string) => new Promise<string>((answer, refuse) => calls.push({ words, answer, refuse }));
  const hook = renderHook(() => useAction(call));
  const now = () => {
    const { pending, problem, value } = hook.result.current;
    return { pending, problem: problem?.message ?? null, value };
  };
  const press = (words: string) => act(() => hook.result.current.run(words));
  return { calls, hook, now, press };
}

const refused = (title: string) => new Problem({ status: 409, title });

it('an action is pending until its call has answered', async () => {
  const { calls, now, press } = asked();
  expect(now()).toEqual({ pending: false, problem: null, value: undefined });
  await press('one');
  expect(now()).toEqual({ pending: true, problem: null, value: undefined });
  await act(async () => calls[0]!.answer('done'));
  expect(now()).toEqual({ pending: false, problem: null, value: 'done' });
});

it('a second press while it is pending asks nothing', async () => {
  const { calls, hook, press } = asked();
  await act(() => {
    hook.result.current.run('one');
    hook.result.current.run('two');
  });
  await press('three');
  expect(calls.map(({ words }) => words)).toEqual(['one']);
  await act(async () => calls[0]!.answer('done'));
  await press('four');
  expect(calls.map(({ words }) => words)).toEqual(['one', 'four']);
});

it('a refusal stays until the next press', async () => {
  const { calls, now, press } = asked();
  await press('one');
  await act(async () => calls[0]!.refuse(refused('It is over')));
  expect(now()).toEqual({ pending: false, problem: 'It is over', value: undefined });
  await press('two');
  expect(now()).toEqual({ pending: true, problem: null, value: undefined });
});

it('what is no refusal says that the platform does not answer', async () => {
  const { calls, now, press } = asked();
  await press('one');
  await act(async () => calls[0]!.refuse(new TypeError('fetch failed')));
  expect(now().problem).toBe('The platform does not answer');
});

it('forgetting leaves a running call alone', async () => {
  const { calls, hook, now, press } = asked();
  await press('one');
  await act(async () => calls[0]!.refuse(refused('No')));
  act(() => hook.result.current.forget());
  expect(now()).toEqual({ pending: false, problem: null, value: undefined });
  await press('two');
  act(() => hook.result.current.forget());
  expect(now().pending).toBe(true);
  await act(async () => calls[1]!.answer('done'));
  expect(now().value).toBe('done');
});
