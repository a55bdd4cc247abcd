import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { described, field, invalid } from '../components/field.js';
import { get } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { t } from '../lib/i18n.js';

const parse = (text) => text.split('\n').map((line) => line.trim()).filter(Boolean);
const isSame = (one, other) => one.length === other.length && one.every((name, i) => name === other[i]);

/** The groups to list first, one per line, with suggestions. Dispatches `change` with the list. */
class GroupOrderField extends PageElement {
  static properties = {
    value: { attribute: false },
    problem: { attribute: false },
    text: { state: true },
    /** Names of all existing groups. */
    groups: { state: true },
  };

  constructor() {
    super();
    this.text = '';
    this.groups = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  /** Loads the suggestions; the field works without them. */
  async load() {
    try {
      const { groups = [] } = await get('/api/services', { limit: 1, include: 'groups' });
      this.groups = groups.map(({ name }) => name).filter(Boolean);
    } catch {
      this.groups = [];
    }
  }

  willUpdate(changed) {
    // keep blank lines while typing
    if (changed.has('value') && !isSame(parse(this.text), this.value)) {
      this.text = this.value.join('\n');
    }
  }

  get missing() {
    const listed = new Set(parse(this.text));
    return this.groups.filter((name) => !listed.has(name));
  }

  type(text) {
    this.text = text;
    this.dispatchEvent(new CustomEvent('change', { detail: parse(text) }));
  }

  add = () => this.type([...parse(this.text), ...this.missing].join('\n'));

  render() {
    const parts = {
      id: 'group-order',
      label: t('settings.groupOrder'),
      hint: t('settings.groupOrder.hint'),
      problem: this.problem,
    };
    return html`${field(
      parts,
      html`<textarea id=${parts.id} rows="4" spellcheck="false" .value=${live(this.text)}
        aria-describedby=${described(parts)} aria-invalid=${invalid(parts.problem)}
        @input=${(event) => this.type(event.target.value)}
        @change=${(event) => event.stopPropagation()}></textarea>`,
    )}
    ${this.missing.length === 0
      ? nothing
      : html`<button type="button" class="button" @click=${this.add}>${t('settings.groupOrder.add')}</button>`}`;
  }
}

customElements.define('group-order-field', GroupOrderField);
