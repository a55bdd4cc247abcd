const APPLE = /mac|iphone|ipad/i.test(navigator.userAgentData?.platform ?? navigator.platform);

/**
 * The keyboard shortcut for a page's search, for display and for `aria-keyshortcuts`. Not a single letter, which would
 * interfere with speech input (WCAG 2.1.4).
 */
export const SEARCH_KEYS = APPLE ? '⌘K' : 'Ctrl K';
export const SEARCH_KEYS_ARIA = APPLE ? 'Meta+K' : 'Control+K';

/** Whether the shortcut was pressed and no modal dialog is open. */
export function isSearchKey(event) {
  const held = APPLE ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  return (
    held && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k' && !document.querySelector('dialog[open]')
  );
}
