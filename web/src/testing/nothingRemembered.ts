import { beforeEach } from 'vitest';
import { answers } from '../api/answers';

// Each test is a first visit.
beforeEach(() => answers.clear());
