import { html, nothing } from 'lit';
import { number } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';
import { select, text } from './form-inputs.js';
import { policyInWords } from './policy.js';
import { problemsOf } from './rules.js';
import { POLICY_CHOICES, POLICY_NUMBERS, toFields } from './values.js';

/** When the service counts as down: the rules in words, then their fields, with the defaults as placeholders. */
export const policyFields = (form) => html`<fieldset class="policy" aria-describedby="policy-words">
  <legend>${t('services.policy')}</legend>
  <p class="muted" id="policy-words" role="status">${inWords(form)}</p>
  <div class="columns">
    ${whole(form, 'retries', t('services.retries.hint'))}
    ${whole(form, 'retryInterval', t('services.retryInterval.hint'))}
    ${choice(form, 'retryBackoff')}
    ${choice(form, 'retryOn')}
    ${whole(form, 'failureThreshold')}
    ${whole(form, 'successThreshold')}
    ${choice(form, 'confirmElsewhere', t('services.confirmElsewhere.hint'))}
    ${whole(form, 'degradedAfter', t('services.degradedAfter.hint'))}
    ${whole(form, 'flapCount', t('services.flapCount.hint'))}
    ${whole(form, 'flapMinutes')}
  </div>
</fieldset>`;

/** Nothing until the defaults are known, or while a value is invalid. */
function inWords({ values, policy, defaultInterval }) {
  const invalid = problemsOf(values);
  if (!policy || ['interval', ...POLICY_NUMBERS].some((name) => name in invalid)) {
    return policy ? t('services.policy.invalid') : nothing;
  }
  const fields = toFields(values);
  const own = [...POLICY_NUMBERS, ...POLICY_CHOICES].filter((name) => fields[name] !== null);
  const effective = { ...policy, ...Object.fromEntries(own.map((name) => [name, fields[name]])) };
  return policyInWords(effective, fields.interval ?? defaultInterval);
}

function whole(form, name, hint = null) {
  return text(form, name, { inputmode: 'numeric', hint, placeholder: byDefault(form, name) });
}

/** The default as the field's placeholder. */
function byDefault({ policy }, name) {
  if (!policy) {
    return undefined;
  }
  const value = policy[name];
  if (value === 0 && (name === 'degradedAfter' || name === 'flapCount')) {
    return t('services.policy.never');
  }
  return number(value);
}

function choice(form, name, hint = null) {
  const word = (value) => t(`services.${name}.${value}`);
  const standard = form.policy ? t('services.policy.default', { value: word(form.policy[name]) }) : t('services.policy.default.short');
  return select(form, name, [['', standard], ...CHOICES[name].map((value) => [value, word(value)])], hint);
}

const CHOICES = { retryBackoff: ['linear', 'exponential'], retryOn: ['any', 'network'], confirmElsewhere: ['true', 'false'] };
