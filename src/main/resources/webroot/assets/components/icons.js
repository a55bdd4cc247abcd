import { svg, html } from 'lit';
import { t } from '../lib/i18n.js';

// Filled icons that differ in shape, so that none relies on colour alone.
const STATUS = {
  up: svg`<circle cx="10" cy="10" r="9" fill="currentColor"/><path d="M5.8 10.4l2.8 2.8 5.6-6" fill="none" stroke="var(--surface)" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/>`,
  down: svg`<path d="M6.3 1h7.4L19 6.3v7.4L13.7 19H6.3L1 13.7V6.3z" fill="currentColor"/><path d="M6.8 6.8l6.4 6.4m0-6.4l-6.4 6.4" stroke="var(--surface)" stroke-width="2.2" stroke-linecap="round"/>`,
  degraded: svg`<path d="M10 1.2l9.2 16.6H.8z" fill="currentColor"/><path d="M10 7v5.2m0 2.7v.1" stroke="var(--surface)" stroke-width="2.2" stroke-linecap="round"/>`,
  unknown: svg`<circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="3.4 2.6"/><path d="M10 6v4.5l2.6 2" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>`,
  paused: svg`<rect x="1" y="1" width="18" height="18" rx="5" fill="currentColor"/><path d="M7.6 6.4v7.2m4.8-7.2v7.2" stroke="var(--surface)" stroke-width="2.4" stroke-linecap="round"/>`,
};

/** The icon alone, for use next to the word. */
export const statusIcon = (status) =>
  html`<svg viewBox="0 0 20 20" aria-hidden="true">${STATUS[status] ?? STATUS.unknown}</svg>`;

/** Icon and word. A paused service is shown as paused. */
export function statusBadge(status, paused = false) {
  const shown = paused ? 'paused' : status;
  return html`<span class="status ${shown}">${statusIcon(shown)}<span>${t(`status.${shown}`)}</span></span>`;
}

const LINES = {
  sun: svg`<circle cx="12" cy="12" r="4"/><path d="M12 2v2m0 16v2M4.9 4.9l1.4 1.4m11.4 11.4l1.4 1.4M2 12h2m16 0h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4"/>`,
  moon: svg`<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z"/>`,
  screen: svg`<rect x="3" y="4" width="18" height="12" rx="2"/><path d="M8 20h8m-4-4v4"/>`,
  search: svg`<circle cx="11" cy="11" r="7"/><path d="M21 21l-4.3-4.3"/>`,
  fold: svg`<path d="M6 9l6 6 6-6"/>`,
  next: svg`<path d="M9 5l7 7-7 7"/>`,
  back: svg`<path d="M15 5l-7 7 7 7"/>`,
  close: svg`<path d="M6 6l12 12M18 6L6 18"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  minus: svg`<path d="M5 12h14"/>`,
  whole: svg`<path d="M4 5v14M20 5v14M7 12h10M10 9l-3 3 3 3m4-6l3 3-3 3"/>`,
  table: svg`<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M3 10h18M9 10v9"/>`,
  more: svg`<path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3.5"/>`,
  refresh: svg`<path d="M20 11a8 8 0 0 0-14.3-4.1L4 9m0-5v5h5M4 13a8 8 0 0 0 14.3 4.1L20 15m0 5v-5h-5"/>`,
  pause: svg`<path d="M8 5v14m8-14v14"/>`,
  play: svg`<path d="M7 4.5v15l12-7.5z"/>`,
  copy: svg`<rect x="9" y="9" width="12" height="12" rx="2"/><path d="M5 15H4a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v1"/>`,
  edit: svg`<path d="M4 20h4L19.5 8.5a2.1 2.1 0 0 0-3-3L5 17z"/>`,
  delete: svg`<path d="M4 7h16M9 7V4h6v3m3 0l-1 13H7L6 7"/>`,
  out: svg`<path d="M9 4H5v16h4m6-4l4-4-4-4m4 4H9"/>`,
  dashboard: svg`<path d="M4 13h6V4H4zm10 7h6v-9h-6zM4 20h6v-3H4zM14 7h6V4h-6z"/>`,
  services: svg`<rect x="4" y="4" width="16" height="6" rx="1.5"/><rect x="4" y="14" width="16" height="6" rx="1.5"/><path d="M8 7h.01M8 17h.01" stroke-width="3"/>`,
  history: svg`<path d="M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 4v4.5h4.5M12 8v4.5l3 1.8"/>`,
  nodes: svg`<rect x="8.5" y="3" width="7" height="6" rx="1.5"/><rect x="2.5" y="15" width="7" height="6" rx="1.5"/><rect x="14.5" y="15" width="7" height="6" rx="1.5"/><path d="M12 9v3m-6 3v-3h12v3"/>`,
  keys: svg`<circle cx="8" cy="15.5" r="4.5"/><path d="M11.5 12.5L20 4m-3.5 3.5L19 10M14 10l2 2"/>`,
  audit: svg`<path d="M6 3h9l4 4v14H6zM14 3v5h5M9 12h7M9 16h7"/>`,
  settings: svg`<path d="M4 7h9m4 0h3M4 17h3m4 0h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>`,
  download: svg`<path d="M12 4v11m-5-5l5 5 5-5M5 20h14"/>`,
  upload: svg`<path d="M12 15V4m-5 5l5-5 5 5M5 20h14"/>`,
  open: svg`<path d="M14 4h6v6m0-6L11 13M10 5H5v14h14v-5"/>`,
};

/** A decorative line icon; the control's accessible name is its text. */
export const icon = (name) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${LINES[name]}</svg>`;
