import { html, nothing, svg } from 'lit';
import { PageElement } from '../lib/element.js';
import { milliseconds } from '../lib/format.js';
import { t } from '../lib/i18n.js';

const WIDTH = 96;
const HEIGHT = 28;
const EDGE = 2; // margin for the stroke width
const HEADROOM = 1.15;

/**
 * Response times as a sparkline. `values` in milliseconds, oldest first, null for gaps; `label` describes them and
 * defaults to the response times of the last 24 hours.
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

  /** A line and the area below it for each stretch without a gap. Zero is at the bottom, with some headroom. */
  #lines(highest) {
    const step = WIDTH / Math.max(1, this.values.length - 1);
    const y = (value) => HEIGHT - EDGE - (value / Math.max(1, highest * HEADROOM)) * (HEIGHT - 2 * EDGE);
    let line = '';
    let area = '';
    let dots = '';
    let begun = null;
    let last = [0, 0];
    const end = () => {
      if (begun !== null) {
        area += `V${HEIGHT}H${begun}z`;
        if (last[0] === begun) {
          dots += `M${last.join(' ')}h0.01`; // draws a dot for an isolated value
        }
        begun = null;
      }
    };
    this.values.forEach((value, i) => {
      if (value === null) {
        end();
        return;
      }
      last = [round(i * step), round(y(value))];
      line += (begun === null ? 'M' : 'L') + last.join(' ');
      area += begun === null ? `M${last[0]} ${HEIGHT}V${last[1]}` : `L${last.join(' ')}`;
      begun ??= last[0];
    });
    end();
    return svg`<path class="area" d=${area}/><path class="line" d=${line}/>${
      dots ? svg`<path class="line dot" d=${dots}/>` : nothing
    }`;
  }
}

const round = (value) => Math.round(value * 10) / 10;

customElements.define('spark-line', SparkLine);
