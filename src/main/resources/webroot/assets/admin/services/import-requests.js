import { send } from '../../lib/api.js';

/** What the server takes, by the end of a file's name. */
const TYPES = {
  csv: 'text/csv',
  yaml: 'application/yaml',
  yml: 'application/yaml',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  jsonl: 'application/x-ndjson',
};

/** For the file's input. */
export const ACCEPT = Object.keys(TYPES).map((end) => `.${end}`).join(',');
/** As the server has it. */
export const MAX_BYTES = 256 * 1024 * 1024;

const TIMEOUT_MS = 200_000;

/** The type of a file by its name; undefined if it is none that can be imported. */
export const typeOf = (name) => TYPES[name.toLowerCase().split('.').pop()];

/**
 * A file to be imported, as it was when it was chosen: what is compared is what is imported, whatever happens to the
 * file meanwhile, and sending it again imports it once.
 */
export class Import {
  #content;
  #type;
  #keys = {};

  constructor(content, type) {
    this.#content = content;
    this.#type = type;
  }

  /** What would change. */
  compare(deleteAbsent, signal) {
    return this.#send(deleteAbsent, { dryRun: true }, { signal });
  }

  apply(deleteAbsent) {
    this.#keys[deleteAbsent] ??= randomKey();
    return this.#send(deleteAbsent, {}, { headers: { 'Idempotency-Key': this.#keys[deleteAbsent] } });
  }

  #send(deleteAbsent, query, options) {
    return send('PUT', '/api/services/bulk', {
      query: { ...query, deleteAbsent: deleteAbsent ? '*' : null },
      content: { data: this.#content, type: this.#type },
      timeout: TIMEOUT_MS,
      ...options,
    });
  }
}

/** @throws if the file cannot be read */
export const readFile = async (file) => new Import(new Blob([await file.arrayBuffer()]), typeOf(file.name));

/** Without HTTPS there is no `crypto.randomUUID`. */
const randomKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
