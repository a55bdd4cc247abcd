import { html, nothing } from 'lit';
import { PageElement } from '../lib/element.js';
import { dateTime, number } from '../lib/format.js';
import { t } from '../lib/i18n.js';

/**
 * The last certificate seen: its expiry, and details for users allowed to see them. Warnings are shown in the summary.
 */
class ServiceCertificate extends PageElement {
  static properties = { entry: {} };

  render() {
    const { certificate } = this.entry;
    if (!certificate) {
      return nothing;
    }
    const { validTo, daysLeft, validFrom, chainValidTo, issuer, names, fingerprint } = certificate;
    return html`<section class="card certificate" aria-labelledby="certificate-title">
      <h2 id="certificate-title">${t('service.certificate')}</h2>
      <dl class="facts">
        ${fact('validTo', moment(validTo))}
        ${fact('daysLeft', html`<span class="number">${number(daysLeft)}</span>`)}
        ${fingerprint ? html`${fact('validFrom', moment(validFrom))} ${fact('chain', moment(chainValidTo))}` : nothing}
      </dl>
      ${fingerprint
        ? html`<dl class="facts long">
            ${fact('issuer', issuer || t('none'))} ${fact('names', names.join(', ') || t('none'))}
            ${fact('fingerprint', html`<code>${fingerprint}</code>`)}
          </dl>`
        : nothing}
    </section>`;
  }
}

const fact = (name, value) => html`<div><dt>${t(`service.certificate.${name}`)}</dt><dd class="wrap">${value}</dd></div>`;

const moment = (epochMs) => html`<time datetime=${new Date(epochMs).toISOString()}>${dateTime(epochMs)}</time>`;

customElements.define('service-certificate', ServiceCertificate);
