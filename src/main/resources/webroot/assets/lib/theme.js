/** The selected theme: `auto`, `light` or `dark`. */
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
    // without storage, it applies to this page only
  }
  announce();
}

function announce() {
  window.dispatchEvent(new Event('theme-changed'));
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', announce);
// changed in another tab
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
