import { html } from 'lit';
import { t } from '../lib/i18n.js';

/** The server's minimum length. */
export const MIN_PASSWORD = 10;

/**
 * A rough estimate of password strength, from 0 (too short) to 3. Length counts most; repeated and sequential
 * characters reduce the effective length.
 */
export function strength(password) {
  const characters = [...password];
  if (characters.length < MIN_PASSWORD) {
    return 0;
  }
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u].filter((kind) => kind.test(password)).length;
  const predictable = characters.filter((character, i) => {
    const step = i > 0 ? character.codePointAt(0) - characters[i - 1].codePointAt(0) : 9;
    return step >= -1 && step <= 1;
  }).length;
  const worth = new Set(characters).size * 0.5 + (characters.length - predictable) * 0.5 + kinds * 1.5;
  return worth < 12 ? 1 : worth < 17 ? 2 : 3;
}

/** The strength as a word and three bars; announced when it changes. */
export const strengthHint = (password) => {
  const level = strength(password);
  return html`<p class="strength level-${level}" role="status">
    <span class="bars" aria-hidden="true"><i></i><i></i><i></i></span>
    <span>${password === '' ? t('strength.rule', { count: MIN_PASSWORD }) : level === 0 ? t('strength.0', { count: MIN_PASSWORD }) : t(`strength.${level}`)}</span>
  </p>`;
};
