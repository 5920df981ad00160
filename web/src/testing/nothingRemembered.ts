import { beforeEach } from 'vitest';
import { answers } from '../api/answers';
import { hangUp } from '../live/events';

// Each test is a first visit.
beforeEach(() => {
  answers.clear();
  hangUp();
});
