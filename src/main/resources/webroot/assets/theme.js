// Runs before the first paint, so that a selected theme does not flash. lib/theme.js changes the selection.
try {
  const chosen = localStorage.getItem('theme');
  if (chosen === 'light' || chosen === 'dark') {
    document.documentElement.dataset.theme = chosen;
  }
} catch {
  // storage is unavailable: use the browser's preference
}
