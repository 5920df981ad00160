// A classic script in the head, so that a remembered theme is there before the first paint.
(() => {
  try {
    const theme = localStorage.getItem('arena.theme');
    if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
  } catch {
    // Storage may be forbidden; the system's preference then decides.
  }
})();
