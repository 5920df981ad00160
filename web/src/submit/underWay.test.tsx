import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, expect, it, vi } from 'vitest';
import { reading } from '../testing/reading';
import { SubmitPage } from './SubmitPage';

// It is on its way for as long as the test takes.
vi.mock('./sendFile', () => ({ sendFile: () => ({ pause: () => undefined, resume: () => undefined, forget: () => undefined }) }));

afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.unstubAllGlobals();
});

const leave = () => {
  const leaving = new Event('beforeunload', { cancelable: true });
  dispatchEvent(leaving);
  return leaving.defaultPrevented;
};

it('a file that is continued is no more said to wait, and whoever leaves meanwhile is asked', async () => {
  localStorage.setItem('tus::1', JSON.stringify({ uploadUrl: `${location.origin}/api/uploads/half` }));
  vi.stubGlobal('fetch', async (path: string) =>
    Response.json(path.endsWith('/half') ? { fileName: 'step_518071', bytes: 2.5e9, offset: 1e9, digest: null } : []),
  );
  render(<SubmitPage set={null} />);
  const words = reading('1.00 GB of step_518071 (2.50 GB) are uploaded already. Choose the file again to continue.');
  expect(await screen.findByText(words)).toBeTruthy();
  expect(leave()).toBe(false);
  fireEvent.change(screen.getByLabelText('Checkpoint'), { target: { files: [new File(['x'], 'step_518071')] } });
  await waitFor(() => expect(screen.queryByText(words)).toBeNull());
  expect(leave()).toBe(true);
  fireEvent.click(screen.getByRole('button', { name: 'Remove step_518071' }));
  await waitFor(() => expect(leave()).toBe(false));
});
