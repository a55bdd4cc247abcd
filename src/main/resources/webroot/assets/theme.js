// Runs before anything is painted, so that a chosen theme does not flash. lib/theme.js changes the choice.
try {
  const chosen = localStorage.getItem('theme');
  if (chosen === 'light' || chosen === 'dark') {
    document.documentElement.dataset.theme = chosen;
  }
} catch {
  // no storage here: the browser's preference it is
}
