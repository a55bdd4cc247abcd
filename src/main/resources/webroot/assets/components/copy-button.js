import { html } from 'lit';
import { copyText } from '../lib/clipboard.js';
import { PageElement } from '../lib/element.js';
import { t } from '../lib/i18n.js';
import { icon } from './icons.js';
import { toast } from './toast.js';

const SAID_FOR_MS = 2_000;

/** Copies a text and confirms it in the button itself. */
class CopyButton extends PageElement {
  static properties = {
    text: { attribute: false },
    /** Accessible name of the text to copy. */
    label: {},
    copied: { state: true },
  };

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  render() {
    const word = t(this.copied ? 'copy.done' : 'copy');
    return html`<button type="button" class="button small" aria-label="${word}: ${this.label}"
        @click=${this.copy}>${icon('copy')}${word}</button>
      <span class="visually-hidden" role="status">${this.copied ? t('copy.done') : ''}</span>`;
  }

  async copy() {
    if (!(await copyText(this.text, this))) {
      toast(t('copy.failed'), { kind: 'bad' });
      return;
    }
    this.copied = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.copied = false), SAID_FOR_MS);
  }
}

customElements.define('copy-button', CopyButton);
