// Texts are in ../texts, one file per language. English is the fallback for missing texts.
import english from '../texts/en.js';

/** The available languages, by their native names. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' };

const CHOICE = 'language';

function chosen() {
  try {
    const language = localStorage.getItem(CHOICE);
    return Object.hasOwn(LANGUAGES, language) ? language : null;
  } catch {
    return null; // storage is unavailable
  }
}

/** The selected language, or else the first supported one of the browser's, with the browser's region. */
function preferred() {
  const languages = chosen() ? [chosen()] : Object.keys(LANGUAGES);
  for (const wanted of navigator.languages ?? [navigator.language]) {
    const language = wanted.toLowerCase().split('-')[0];
    if (languages.includes(language)) {
      return { language, locale: wanted };
    }
  }
  return { language: languages[0], locale: languages[0] };
}

/** Stores the language and reloads the page in it. */
export function chooseLanguage(language) {
  try {
    localStorage.setItem(CHOICE, language);
  } catch {
    return; // without storage the choice would not survive the reload
  }
  location.reload();
}

/** `language` of the texts, and the matching `locale` for numbers and dates. */
export const { language, locale } = preferred();

const texts = language === 'en' ? english : { ...english, ...(await import(`../texts/${language}.js`)).default };
const plurals = new Intl.PluralRules(locale);
const numbers = new Intl.NumberFormat(locale);

document.documentElement.lang = language;

/** Whether a text exists; the server may use names newer than these texts. */
export const has = (key) => Object.hasOwn(texts, key);

/**
 * The text for a key, with each `{name}` replaced by the value of that name. A text may have plural forms
 * (`{one: …, other: …}`), selected by the value `count`. Numbers are formatted for the locale.
 */
export function t(key, values = {}) {
  let text = texts[key];
  if (text === undefined) {
    console.error(`no text for ${key}`);
    return key;
  }
  if (typeof text === 'object') {
    text = text[plurals.select(values.count)] ?? text.other;
  }
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === 'number' ? numbers.format(value) : String(value);
  });
}
