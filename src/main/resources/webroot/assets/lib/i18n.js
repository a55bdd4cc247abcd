// Texts are in ../texts, one file a language. English is what another language lacks a text in.
import english from '../texts/en.js';

/** The languages there are, by their own names. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' };

const CHOICE = 'language';

function chosen() {
  try {
    const language = localStorage.getItem(CHOICE);
    return Object.hasOwn(LANGUAGES, language) ? language : null;
  } catch {
    return null; // no storage here
  }
}

/** The chosen language, or else the first of the browser's that there is, as the browser's region writes it. */
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

/** Remembers the language and shows the page in it. */
export function chooseLanguage(language) {
  try {
    localStorage.setItem(CHOICE, language);
  } catch {
    return; // what cannot be remembered does not outlast loading the page
  }
  location.reload();
}

/** `language` of the texts, and `locale` for numbers and dates in it. */
export const { language, locale } = preferred();

const texts = language === 'en' ? english : { ...english, ...(await import(`../texts/${language}.js`)).default };
const plurals = new Intl.PluralRules(locale);
const numbers = new Intl.NumberFormat(locale);

document.documentElement.lang = language;

/** Whether there is a text for what the server named, which may be newer than the texts. */
export const has = (key) => Object.hasOwn(texts, key);

/**
 * The text of that key, with `{name}` replaced by the value of that name. A text may have plural forms
 * (`{one: …, other: …}`), chosen by the value `count`. Numbers are written as the language does.
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
