import { html, nothing } from 'lit';
import { PageElement } from '../lib/element.js';
import { t } from '../lib/i18n.js';
import './done-step.js';
import './password-step.js';
import './services-step.js';
import './token-step.js';

const STEPS = ['token', 'password', 'services', 'done'];

/** The setup wizard. Dispatches `named` once the site has a name, and `closed` if setup was already completed. */
class SetupWizard extends PageElement {
  static properties = {
    /** The token from the address, or empty. */
    token: { attribute: false },
    step: { state: true },
  };

  constructor() {
    super();
    this.step = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('beforeunload', this.#leaving);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('beforeunload', this.#leaving);
  }

  /** Warns about unsaved input; completed steps are already saved. */
  #leaving = (event) => {
    const typed = [...this.querySelectorAll('input:not([readonly], :disabled)')].some((input) => input.value !== '');
    if (typed && this.step > 0) {
      event.preventDefault();
    }
  };

  render() {
    return html`<h1>${t('setup.title')}</h1>
      <ol class="steps" aria-label=${t('setup.steps')}>
        ${STEPS.map(
          (name, i) => html`<li class=${i < this.step ? 'past' : ''} aria-current=${i === this.step ? 'step' : nothing}>
            <span class="step-sign" aria-hidden="true">${i < this.step ? '✓' : i + 1}</span>
            <span class="step-name">${t(`setup.step.${name}`)}
              ${i < this.step ? html`<span class="visually-hidden">${t('setup.stepDone')}</span>` : nothing}</span>
          </li>`,
        )}
      </ol>
      <section class="card step" aria-labelledby="step-title" @next=${this.next}>
        <h2 id="step-title" tabindex="-1">${t(`setup.${STEPS[this.step]}.title`)}</h2>
        ${this.content()}
      </section>`;
  }

  content() {
    switch (STEPS[this.step]) {
      case 'token':
        return html`<token-step .token=${this.token}></token-step>`;
      case 'password':
        return html`<password-step .token=${this.token}></password-step>`;
      case 'services':
        return html`<services-step></services-step>`;
      default:
        return html`<done-step></done-step>`;
    }
  }

  async next(event) {
    event.stopPropagation();
    if (event.detail?.token) {
      this.token = event.detail.token;
    }
    this.step++;
    await this.updateComplete;
    const now = this.querySelector('.step').querySelector(':scope > :not(h2)');
    await now.updateComplete;
    await Promise.all([...now.querySelectorAll('*')].map((child) => child.updateComplete));
    (now.querySelector('input:not(.visually-hidden *)') ?? this.querySelector('#step-title')).focus();
  }
}

customElements.define('setup-wizard', SetupWizard);
