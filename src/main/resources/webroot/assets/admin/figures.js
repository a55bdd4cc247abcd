import { html, nothing } from 'lit';
import { decimal, milliseconds, number } from '../lib/format.js';
import { t } from '../lib/i18n.js';

/**
 * Cards with the figures of the check schedule and the store. `schedule` and `store` are the API's responses, undefined
 * while loading.
 */
export const figures = (schedule, store) => html`<div class="figures">
  ${schedule ? html`${checks(schedule)}${lag(schedule)}` : nothing} ${store ? results(store) : nothing}
</div>`;

const checks = (schedule) => html`<section class="card" aria-labelledby="checks-title">
  <h2 id="checks-title">${t('admin.checks')}</h2>
  <dl>
    ${figure('checksPerSecond', decimal(schedule.checksPerSecond))}
    ${figure('running', number(schedule.running))}
    ${figure('waiting', number(schedule.waiting))}
    ${figure('overdue', number(schedule.overdue))}
    ${figure('missed', number(schedule.missed))}
  </dl>
  <p class="muted small">${t('admin.checks.hint')}</p>
</section>`;

const lag = (schedule) => html`<section class="card" aria-labelledby="lag-title">
  <h2 id="lag-title">${t('admin.lag')}</h2>
  <dl class="three">
    ${['p50', 'p95', 'p99'].map((name) => figure(name, milliseconds(schedule.lag?.[name])))}
  </dl>
  <p class="muted small">${t('admin.lag.hint')}</p>
</section>`;

const results = (store) => html`<section class="card" aria-labelledby="store-title">
  <h2 id="store-title">${t('admin.store')}</h2>
  <dl>
    ${figure('reachable', t(store.reachable ? 'admin.reachable.yes' : 'admin.reachable.no'))}
    ${figure('latency', store.latency === null ? t('none') : `${decimal(store.latency)} ms`)}
    ${figure('queued', number(store.queued))}
    ${figure('dropped', number(store.dropped))}
  </dl>
  <p class="muted small">${t('admin.store.hint')}</p>
</section>`;

const figure = (name, value) => html`<div><dt>${t(`admin.figure.${name}`)}</dt><dd class="number">${value}</dd></div>`;
