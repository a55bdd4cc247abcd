import { t } from '../lib/i18n.js';
import { outageWord } from '../lib/failure.js';

/** The announcement of a change for screen readers; null if it is not worth one. */
export function announcement(before, now) {
  const name = now.name;
  if (before.name !== name) {
    return t('service.says.renamed', { before: before.name, name });
  }
  if (before.paused !== now.paused) {
    return t(now.paused ? 'service.says.paused' : 'service.says.resumed', { name });
  }
  if (before.status === now.status) {
    return null;
  }
  return now.status === 'down'
    ? t('service.says.down', { name, failure: outageWord(now.error) })
    : now.status === 'up'
      ? t('service.says.up', { name })
      : null;
}

const APART_MS = 3_000;

/** Rate-limits announcements to what a listener can follow; a newer text replaces a pending one. */
export class Announcer {
  #tell;
  #saidAt = 0;
  #timer = null;

  constructor(tell) {
    this.#tell = tell;
  }

  say(text) {
    if (text) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.#saidAt = Date.now();
        this.#tell(text);
      }, Math.max(0, this.#saidAt + APART_MS - Date.now()));
    }
  }
}
