import { html, svg } from 'lit';
import { PageElement } from '../lib/element.js';
import { milliseconds } from '../lib/format.js';
import { t } from '../lib/i18n.js';

const PHASES = ['dns', 'connect', 'tls', 'firstByte', 'transfer'];

/** Timing breakdown of a check: one row per phase, each bar starting where the previous one ended. */
class PhaseBar extends PageElement {
  static properties = {
    /** A check's result, with `phases` and `responseTime`. */
    result: { attribute: false },
  };

  render() {
    const phases = this.result?.phases;
    if (!phases) {
      return null;
    }
    const sum = PHASES.reduce((total, name) => total + (phases[name] ?? 0), 0);
    const whole = Math.max(1, sum, this.result.responseTime ?? 0);
    let begun = 0;
    const rows = PHASES.map((name) => {
      const length = phases[name] ?? 0;
      const row = { name, length, from: (begun / whole) * 100, width: (length / whole) * 100 };
      begun += length;
      return row;
    });
    return html`<dl class="phases">${rows.map(
      (row) => html`<div>
        <dt>${t(`phase.${row.name}`)}</dt>
        <dd><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
          <rect class="track" width="100" height="10"></rect>
          ${svg`<rect class="part" x=${row.from} width=${row.length ? Math.max(0.8, row.width) : 0} height="10"></rect>`}
        </svg>
        <span class="number">${milliseconds(row.length)}</span></dd>
      </div>`,
    )}</dl>`;
  }
}

customElements.define('phase-bar', PhaseBar);
