import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import { whileBusy } from '../components/busy.js';
import { described, field, focusFirstProblem, invalid, textField } from '../components/field.js';
import { toast } from '../components/toast.js';
import { get, send } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { explain } from '../lib/errors.js';
import { t } from '../lib/i18n.js';
import { missing, problemText } from '../lib/problems.js';
import { showAccent } from '../lib/site.js';
import './accent-field.js';
import './group-order-field.js';
import './logo-field.js';
import { saveBar } from './save-bar.js';
import { guard } from './unsaved.js';

const FIELDS = ['siteName', 'logo', 'accent', 'footer', 'groupOrder'];
const MAX_FOOTER = 2_000;

/** Compares strings, null and lists of strings. */
const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** The site's appearance. Sends only the changed fields. */
class SiteSettings extends PageElement {
  static properties = {
    saved: { state: true },
    /** The changed fields: new values by name. */
    changes: { state: true },
    problems: { state: true },
    failure: { state: true },
  };

  constructor() {
    super();
    this.changes = {};
    this.problems = {};
    guard(this, () => this.dirty);
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    if (this.saved) {
      showAccent(this.saved.accent); // end the preview
    }
  }

  async load() {
    try {
      this.saved = await get('/api/site');
      this.failure = null;
    } catch (e) {
      this.failure = explain(e);
    }
  }

  get dirty() {
    return Object.keys(this.changes).length > 0;
  }

  value(name) {
    return name in this.changes ? this.changes[name] : this.saved[name];
  }

  change(name, value) {
    const { [name]: before, ...others } = this.changes;
    this.changes = isSame(value, this.saved[name]) ? others : { ...others, [name]: value };
    this.problems = { ...this.problems, [name]: null };
    if (name === 'accent') {
      showAccent(/^#[\da-f]{6}$/i.test(value ?? '') ? value : this.saved.accent && value !== null ? this.saved.accent : null);
    }
  }

  discard = () => {
    this.changes = {};
    this.problems = {};
    showAccent(this.saved.accent);
  };

  render() {
    return html`<section class="card section" aria-labelledby="site-title">
      <h2 id="site-title">${t('settings.site')}</h2>
      ${this.saved ? this.form() : html`<p class="muted" role="status">${this.failure ?? t('loading')}</p>`}
    </section>`;
  }

  form() {
    const footer = { id: 'footer', label: t('settings.footer'), hint: t('settings.footer.hint'), problem: this.problems.footer };
    return html`<form class="form" novalidate @submit=${this.submit}>
      ${textField({
        id: 'site-name',
        label: t('setup.siteName'),
        hint: t('setup.siteName.hint'),
        problem: this.problems.siteName,
        value: this.value('siteName'),
        maxlength: 100,
        required: true,
        onInput: (value) => this.change('siteName', value),
      })}
      <logo-field .value=${this.value('logo')} .problem=${this.problems.logo}
        @change=${(event) => this.change('logo', event.detail)}
        @refused=${(event) => (this.problems = { ...this.problems, logo: event.detail })}></logo-field>
      <accent-field .value=${this.value('accent')} .problem=${this.problems.accent}
        @change=${(event) => this.change('accent', event.detail)}></accent-field>
      ${field(
        footer,
        html`<textarea id="footer" rows="3" maxlength=${MAX_FOOTER} .value=${live(this.value('footer'))}
          aria-describedby=${described(footer)} aria-invalid=${invalid(footer.problem)}
          @input=${(event) => this.change('footer', event.target.value)}></textarea>`,
      )}
      <group-order-field .value=${this.value('groupOrder')} .problem=${this.problems.groupOrder}
        @change=${(event) => this.change('groupOrder', event.detail)}></group-order-field>
      ${saveBar(this.dirty, this.discard)}
    </form>`;
  }

  async submit(event) {
    event.preventDefault();
    const { accent } = this.changes;
    this.problems = {
      siteName: missing(this.value('siteName')),
      accent: accent && !/^#[\da-f]{6}$/i.test(accent) ? t('settings.accent.wrong') : null,
    };
    if (!this.problems.siteName && !this.problems.accent && this.dirty) {
      await whileBusy(this.querySelector('[type=submit]'), () => this.save());
    }
    await Promise.all([...this.querySelectorAll('accent-field, logo-field, group-order-field')].map((child) => child.updateComplete));
    focusFirstProblem(this);
  }

  async save() {
    const sent = { ...this.changes };
    try {
      this.saved = await send('PATCH', '/api/site', { body: sent });
      // keep changes typed while saving
      this.changes = Object.fromEntries(Object.entries(this.changes).filter(([name, value]) => value !== sent[name]));
      showAccent(this.value('accent'));
      window.dispatchEvent(new CustomEvent('site-changed', { detail: this.saved }));
      toast(t('settings.saved'));
    } catch (e) {
      const field = e.field?.replace(/\[\d+\]$/, ''); // show an entry's error at its list
      if (FIELDS.includes(field)) {
        this.problems = { [field]: problemText(e) };
      } else {
        toast(explain(e), { kind: 'bad' });
      }
    }
  }
}

customElements.define('site-settings', SiteSettings);
