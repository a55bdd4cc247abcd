import { get } from './api.js';

const LIGHT = [255, 255, 255];
const DARK = [23, 27, 33]; // --surface of the dark theme
const READABLE = 4.5; // minimum contrast: WCAG 2.2, 1.4.3

/** Loads the site's name, logo, accent colour and footer; uses defaults if the server is unreachable. */
export async function loadSite() {
  let site;
  try {
    site = await get('/api/site');
  } catch {
    site = { siteName: 'OpenUptimes', accent: null, footer: '', logo: null, version: '' };
  }
  showAccent(site.accent);
  return site;
}

/** Applies the accent colour, lightened or darkened where needed for contrast. */
export function showAccent(accent) {
  const style = document.documentElement.style;
  if (!accent) {
    for (const name of ['--accent-light', '--accent-dark', '--on-accent-light', '--on-accent-dark']) {
      style.removeProperty(name);
    }
    return;
  }
  const chosen = [1, 3, 5].map((at) => parseInt(accent.slice(at, at + 2), 16));
  const light = readable(chosen, LIGHT, 0);
  const dark = readable(chosen, DARK, 255);
  style.setProperty('--accent-light', css(light));
  style.setProperty('--accent-dark', css(dark));
  style.setProperty('--on-accent-light', contrast(light, LIGHT) >= READABLE ? '#fff' : '#000');
  style.setProperty('--on-accent-dark', contrast(dark, LIGHT) >= READABLE ? '#fff' : '#000');
}

/** The colour, moved towards black or white until its contrast with the background suffices. */
function readable(colour, background, towards) {
  for (let step = 0; step <= 20; step++) {
    const moved = colour.map((part) => Math.round(part + ((towards - part) * step) / 20));
    if (contrast(moved, background) >= READABLE + 0.4) {
      return moved;
    }
  }
  return [towards, towards, towards];
}

const css = (colour) => `rgb(${colour.join(' ')})`;

function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour) {
  const [r, g, b] = colour.map((part) => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
