const APPLE = /mac|iphone|ipad/i.test(navigator.userAgentData?.platform ?? navigator.platform);

/**
 * The keys that lead to a page's search: as a person reads them, and for `aria-keyshortcuts`. No single letter: those
 * get in the way of who speaks to the computer (WCAG 2.1.4).
 */
export const SEARCH_KEYS = APPLE ? '⌘K' : 'Ctrl K';
export const SEARCH_KEYS_ARIA = APPLE ? 'Meta+K' : 'Control+K';

/** Whether these keys were pressed, and nothing modal is in between. */
export function isSearchKey(event) {
  const held = APPLE ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  return (
    held && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k' && !document.querySelector('dialog[open]')
  );
}
