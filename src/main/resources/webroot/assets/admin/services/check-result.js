import { html, nothing } from 'lit';
import { whileBusy } from '../../components/busy.js';
import { openDialog } from '../../components/dialog.js';
import { testResult } from '../../components/test-result.js';
import { get } from '../../lib/api.js';
import { PageElement } from '../../lib/element.js';
import { explain } from '../../lib/errors.js';
import { number } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';

/** Milliseconds; a check takes at most two minutes and may be queued. */
export const CHECK_TIMEOUT = 180_000;

export const checkOne = async (name, signal) =>
  (await get('/api/ping', { service: name }, { signal, timeout: CHECK_TIMEOUT, acts: true })).services[0];

/** Checks a service and shows the result. */
class CheckResult extends PageElement {
  static properties = {
    name: { attribute: false },
    result: { state: true },
    error: { state: true },
    seconds: { state: true },
  };

  #abort = new AbortController();
  #clock = null;

  connectedCallback() {
    super.connectedCallback();
    this.check();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#clock);
    this.#abort.abort();
  }

  async check() {
    const began = Date.now();
    this.seconds = 0;
    clearInterval(this.#clock);
    this.#clock = setInterval(() => (this.seconds = Math.floor((Date.now() - began) / 1_000)), 1_000);
    this.error = null;
    try {
      this.result = await checkOne(this.name, this.#abort.signal);
    } catch (error) {
      this.result = null;
      this.error = error.name === 'AbortError' ? null : error;
    }
    clearInterval(this.#clock);
    this.#clock = null;
    this.requestUpdate();
  }

  render() {
    const running = this.#clock !== null;
    return html`<div class="check-result">
      <div role="status">${running
        ? html`<p class="check-words"><span class="spinner"></span> ${t('services.checking')}
            <span class="number muted" aria-hidden="true">${this.seconds > 1 ? `${number(this.seconds)} s` : ''}</span></p>`
        : this.error
          ? html`<p class="banner bad wrap">${explain(this.error)}</p>`
          : this.result
            ? testResult(this.result)
            : nothing}</div>
      <div class="dialog-actions">
        <button type="button" class="button" ?disabled=${running}
          @click=${(event) => whileBusy(event.currentTarget, () => this.check())}>${t('services.check.again')}</button>
      </div>
    </div>`;
  }
}

customElements.define('check-result', CheckResult);

/** Returns a promise that resolves when the dialog is closed. */
export function showCheck(name) {
  const element = document.createElement('check-result');
  element.name = name;
  return openDialog(element, { title: name }).closed;
}
