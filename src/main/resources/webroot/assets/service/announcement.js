import { t } from '../lib/i18n.js';
import { outageWord } from '../lib/failure.js';

/** What has changed for somebody who hears the page; null where it is nothing to speak of. */
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

/** Says things to those who listen to the page, not more often than they can listen; what is outdated by then is not said. */
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
