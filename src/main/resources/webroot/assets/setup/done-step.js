import { html } from 'lit';
import { codeSample } from '../components/code-sample.js';
import { address } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { t } from '../lib/i18n.js';

/** The next steps after setup. */
class DoneStep extends PageElement {
  render() {
    return html`<p>${t('setup.done.text')}</p>
      <div class="step-actions">
        <a class="button primary" href=${address('/')}>${t('setup.done.status')}</a>
        <a class="button" href=${address('/admin')}>${t('setup.done.admin')}</a>
      </div>
      <h3>${t('setup.done.api')}</h3>
      <p>${t('setup.done.apiText')} <a href=${address('/admin/keys')}>${t('setup.done.key')}</a>.</p>
      ${codeSample(t('setup.done.sample'), `curl ${location.origin}${address('/api/status')}`)}`;
  }
}

customElements.define('done-step', DoneStep);
