import { html } from 'lit';
import { icon } from '../../components/icons.js';
import { PageElement } from '../../lib/element.js';
import { t } from '../../lib/i18n.js';

const MARGIN = 8;

/** The action menu of a service, shared by all rows; it opens next to the given button. */
class RowMenu extends PageElement {
  static properties = {
    row: { state: true },
  };

  #anchor = null;
  #run = null;

  /**
   * @param run called with the selected action: edit, duplicate, check, pause, resume, chart, history, open or delete
   */
  async open(anchor, row, run) {
    this.#anchor = anchor;
    this.#run = run;
    this.row = row;
    await this.updateComplete;
    const menu = this.#menu();
    menu.showPopover();
    this.#place(menu);
    anchor.setAttribute('aria-expanded', 'true');
    this.#items()[0].focus();
    window.addEventListener('scroll', this.#close, { once: true, passive: true });
  }

  #menu = () => this.querySelector('[role=menu]');
  #items = () => [...this.querySelectorAll('[role=menuitem]')];

  #close = () => {
    const menu = this.#menu();
    if (menu?.matches(':popover-open')) {
      menu.hidePopover();
    }
  };

  #place(menu) {
    const at = this.#anchor.getBoundingClientRect();
    const own = menu.getBoundingClientRect();
    const below = at.bottom + own.height + MARGIN <= innerHeight;
    const left = Math.max(MARGIN, Math.min(at.right - own.width, innerWidth - own.width - MARGIN));
    menu.style.left = `${left}px`;
    menu.style.top = `${below ? at.bottom + 4 : Math.max(MARGIN, at.top - own.height - 4)}px`;
  }

  render() {
    if (!this.row) {
      return null;
    }
    const { declared, paused } = this.row;
    const entries = [
      ['edit', 'edit'],
      ['duplicate', 'copy'],
      ['check', 'refresh'],
      declared ? null : paused ? ['resume', 'play'] : ['pause', 'pause'],
      ['chart', 'dashboard'],
      ['history', 'history'],
      ['open', 'open'],
      declared ? null : ['delete', 'delete'],
    ].filter(Boolean);
    return html`<div role="menu" popover aria-label=${t('services.more', { name: this.row.name })}
      @keydown=${this.#key} @toggle=${this.#toggled}>${entries.map(
        ([name, drawing]) => html`<button type="button" role="menuitem" tabindex="-1" class="${name}"
          @click=${() => this.#choose(name)}>${icon(drawing)}${t(`services.menu.${name}`)}</button>`,
      )}</div>`;
  }

  #choose(name) {
    this.#close();
    this.#anchor?.focus({ preventScroll: true }); // so that a dialog opened by the action returns the focus to it
    this.#run(name);
  }

  #toggled(event) {
    if (event.newState === 'closed') {
      window.removeEventListener('scroll', this.#close);
      this.#anchor?.removeAttribute('aria-expanded');
      const lost = !document.activeElement || document.activeElement === document.body;
      if (lost || this.contains(document.activeElement)) {
        this.#anchor?.focus({ preventScroll: true });
      }
    }
  }

  #key(event) {
    const items = this.#items();
    const at = items.indexOf(document.activeElement);
    const to = {
      ArrowDown: (at + 1) % items.length,
      ArrowUp: (at - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      items[to].focus();
    } else if (event.key === 'Tab') {
      event.preventDefault();
      this.#close();
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const letter = event.key.toLowerCase();
      const following = [...items.slice(at + 1), ...items.slice(0, at + 1)];
      following.find((item) => item.textContent.trim().toLowerCase().startsWith(letter))?.focus();
    }
  }
}

customElements.define('row-menu', RowMenu);
