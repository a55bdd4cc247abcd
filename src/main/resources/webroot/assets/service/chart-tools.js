import { html } from 'lit';
import { icon } from '../components/icons.js';
import { t } from '../lib/i18n.js';
import { PERIODS } from './range.js';

/** `chosen` is null if the range is not one of the presets. */
export const periodButtons = (chosen, choose) => html`
  <div class="segments" role="group" aria-label=${t('service.times.period')}>
    ${Object.keys(PERIODS).map((period) => html`
      <button type="button" aria-pressed=${String(period === chosen)} @click=${() => choose(period)}>
        ${t(`service.span.short.${period}`)}</button>`)}
  </div>`;

const ICONS = { earlier: 'back', later: 'next', in: 'plus', out: 'minus', reset: 'whole' };

/** `actions` by name; null for unavailable ones, whose buttons still keep the focus. */
export const zoomButtons = (actions) => html`
  <div class="zoom" role="group" aria-label=${t('service.times.zoom')}>
    ${Object.entries(ICONS).map(([name, drawing]) => {
      const text = t(`service.times.${name}`);
      return html`
        <button type="button" class="button quiet tool" title=${text} aria-label=${text}
          aria-disabled=${String(actions[name] === null)} @click=${() => actions[name]?.()}>${icon(drawing)}</button>`;
    })}
  </div>`;

export const tableButton = (pressed, toggle) => html`
  <button type="button" class="button quiet small" aria-pressed=${String(Boolean(pressed))} @click=${toggle}>
    ${icon('table')}
    <span class="wide">${t('service.times.table')}</span><span class="narrow">${t('service.times.table.short')}</span>
  </button>`;
