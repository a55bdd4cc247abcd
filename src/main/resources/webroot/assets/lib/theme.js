/** The chosen theme: `auto`, `light` or `dark`. */
export function chosenTheme() {
  return document.documentElement.dataset.theme ?? 'auto';
}

export function chooseTheme(theme) {
  if (theme === 'auto') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
  try {
    if (theme === 'auto') {
      localStorage.removeItem('theme');
    } else {
      localStorage.setItem('theme', theme);
    }
  } catch {
    // it holds for this page only, then
  }
  announce();
}

function announce() {
  window.dispatchEvent(new Event('theme-changed'));
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', announce);
// another tab has chosen
window.addEventListener('storage', (event) => {
  if (event.key === 'theme') {
    if (event.newValue) {
      document.documentElement.dataset.theme = event.newValue;
    } else {
      delete document.documentElement.dataset.theme;
    }
    announce();
  }
});
