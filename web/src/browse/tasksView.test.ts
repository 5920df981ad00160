import { describe, expect, it } from 'vitest';
import { solvedWords } from './solvedWords';
import { ALL_TASKS, isFiltered, readTasks, setTaskSorts, type TasksView, withColour, writeTasks } from './tasksView';

const text = (view: TasksView) => {
  const query = new URLSearchParams();
  writeTasks(query, view);
  return query.toString();
};

describe('which tasks of a set are listed', () => {
  it('stands in the address as the API has it', () => {
    const view: TasksView = { find: 'a b', size: 'small', colours: [1, 8], solved: 'one', sort: 'solved', after: 60 };
    expect(text(view)).toBe('find=a+b&size=small&colours=1%2C8&solved=one&sort=solved&after=60');
    expect(readTasks(new URLSearchParams(text(view)))).toEqual(view);
    expect(text(ALL_TASKS)).toBe('');
  });

  it('is all of them where an address says what nobody understands', () => {
    const strange = 'find=&size=toString&colours=1,10&solved=two&sort=-name&after=1e3';
    expect(readTasks(new URLSearchParams(strange))).toEqual(ALL_TASKS);
    expect(readTasks(new URLSearchParams({ find: 'x'.repeat(65) }))).toEqual(ALL_TASKS);
    expect(readTasks(new URLSearchParams('colours=8,1,8')).colours).toEqual([1, 8]);
  });

  it('gets and loses colours, from the first page on', () => {
    const one = withColour({ ...ALL_TASKS, after: 9 }, 4);
    expect(one).toEqual({ ...ALL_TASKS, colours: [4] });
    expect(withColour(withColour(one, 2), 4).colours).toEqual([2]);
    expect([isFiltered(ALL_TASKS), isFiltered({ ...ALL_TASKS, sort: 'solved', after: 3 }), isFiltered(one)]).toEqual([false, false, true]);
  });

  it('is in an order by solvers only where somebody knows them', () => {
    expect(setTaskSorts(false)).toEqual(['number', '-number']);
    expect(setTaskSorts(true)).toContain('solved');
  });

  it('says how many models solved a task', () => {
    expect(solvedWords(3, 7)).toBe('solved by 3 of 7 here');
    expect(solvedWords(0, 0)).toBe('not evaluated here yet');
  });
});
