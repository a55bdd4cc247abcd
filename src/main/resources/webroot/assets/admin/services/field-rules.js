import { get } from '../../lib/api.js';

// The server's rules for the fields of a service.

let loading = null;
let rules = new Map();
let schemes = [];

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
  schemes = types.flatMap((type) => type.schemes);
}

/** The rules of a field, as in `GET /api/check-types`. */
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
  followRedirects: null, // its default follows from the expected status
});

/** The schemes of URLs, such as `https`. */
export const urlSchemes = () => schemes;

/** Whether a text matches the pattern of these rules as a whole. */
export const fits = ({ pattern }, text) => pattern === undefined || new RegExp(`^(?:${pattern})$`).test(text);

/** Whether these rules of an object's keys reserve a key, in any case. */
export const isReserved = ({ reserved = [] }, key) => reserved.includes(key.toLowerCase());

/** Whether values of a key are secret by these rules of an object's keys. */
export const hasSecret = ({ secret }, key) => secret !== undefined && new RegExp(secret, 'i').test(key);
