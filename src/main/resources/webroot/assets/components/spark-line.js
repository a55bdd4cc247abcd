import { html, nothing, svg } from 'lit';
import { PageElement } from '../lib/element.js';
import { milliseconds } from '../lib/format.js';
import { t } from '../lib/i18n.js';

const WIDTH = 96;
const HEIGHT = 28;
const EDGE = 2; // room for the line's own width

/**
 * Response times as a small line. `values` in milliseconds, oldest first, null for gaps; `label` says what they are
 * of, by default the response times of the last 24 hours.
 */
class SparkLine extends PageElement {
  static properties = { values: { attribute: false }, label: {} };

  constructor() {
    super();
    this.values = [];
    this.label = t('spark.label');
  }

  render() {
    const known = this.values.filter((value) => value !== null);
    const text = known.length
      ? t('spark.range', { low: milliseconds(Math.min(...known)), high: milliseconds(Math.max(...known)) })
      : t('spark.none');
    return html`<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img"
      aria-label="${this.label}: ${text}">${known.length ? this.#lines(Math.max(...known)) : nothing}</svg>`;
  }

  /** A line, and the area below it, for each stretch without a gap. Zero is at the bottom. */
  #lines(highest) {
    const step = WIDTH / Math.max(1, this.values.length - 1);
    const y = (value) => HEIGHT - EDGE - (value / Math.max(1, highest)) * (HEIGHT - 2 * EDGE);
    let line = '';
    let area = '';
    let begun = null;
    const end = (x) => {
      if (begun !== null) {
        area += `V${HEIGHT}H${begun}z`;
        if (x === begun) {
          line += 'h0.01'; // a lone value is a dot
        }
        begun = null;
      }
    };
    let last = 0;
    this.values.forEach((value, i) => {
      const x = round(i * step);
      if (value === null) {
        end(last);
        return;
      }
      line += `${begun === null ? 'M' : 'L'}${x} ${round(y(value))}`;
      area += `${begun === null ? `M${x} ${HEIGHT}V` : `L${x} `}${round(y(value))}`;
      begun ??= x;
      last = x;
    });
    end(last);
    return svg`<path class="area" d=${area}/><path class="line" d=${line}/>`;
  }
}

const round = (value) => Math.round(value * 10) / 10;

customElements.define('spark-line', SparkLine);
