import { get } from '../../lib/api.js';

// The server's rules for the fields of a service.

let loading = null;
let rules = new Map();

/** Loads the rules, once for the page; a failed attempt is repeated by the next call. */
export function loadRules() {
  loading ??= read().catch((e) => {
    loading = null;
    throw e;
  });
  return loading;
}

async function read() {
  const { types, fields } = await get('/api/check-types');
  const all = [...fields, ...types.flatMap((type) => type.fields)];
  rules = new Map(all.map((field) => [field.name, field]));
}

/** The rules of a field: `min`, `max`, `minLength`, `maxLength`, `maxEntries`, `pattern`, `allowed`, `default` … */
export const ruleOf = (name) => rules.get(name) ?? {};

/** Whether services have this field. */
export const isField = (name) => rules.has(name);

/** A new service: each field that can be set, with its default. */
export const newService = () => ({
  ...Object.fromEntries(
    [...rules.values()].filter(({ readOnly, derived }) => !readOnly && !derived).map((field) => [field.name, field.default]),
  ),
  name: '',
  url: '',
  followRedirects: null, // follows from the expected status
});

/** Whether a text matches the field's pattern. */
export const matches = (name, text) => new RegExp(`^(?:${ruleOf(name).pattern})$`).test(text);
