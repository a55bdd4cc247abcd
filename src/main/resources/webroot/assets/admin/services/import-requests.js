import { send } from '../../lib/api.js';

/** The media types the server accepts, by file extension. */
const TYPES = {
  csv: 'text/csv',
  yaml: 'application/yaml',
  yml: 'application/yaml',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  jsonl: 'application/x-ndjson',
};

/** The `accept` attribute of the file input. */
export const ACCEPT = Object.keys(TYPES).map((end) => `.${end}`).join(',');
/** The server's limit. */
export const MAX_BYTES = 256 * 1024 * 1024;

const TIMEOUT_MS = 200_000;

/** The media type for a file name; undefined if the file cannot be imported. */
export const typeOf = (name) => TYPES[name.toLowerCase().split('.').pop()];

/**
 * A snapshot of a file to import: the preview and the import use the same bytes even if the file changes, and retrying
 * after a lost response imports it only once.
 */
export class Import {
  #content;
  #type;
  #keys = {};

  constructor(content, type) {
    this.#content = content;
    this.#type = type;
  }

  /** Previews the import. */
  compare(deleteAbsent, signal) {
    return this.#send(deleteAbsent, { dryRun: true }, { signal });
  }

  async apply(deleteAbsent) {
    this.#keys[deleteAbsent] ??= randomKey();
    try {
      return await this.#send(deleteAbsent, {}, { headers: { 'Idempotency-Key': this.#keys[deleteAbsent] } });
    } catch (e) {
      if (isRefusal(e)) {
        delete this.#keys[deleteAbsent]; // otherwise the server would repeat the recorded refusal
      }
      throw e;
    }
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

/** Whether the server refused the request for good: nothing was imported, nor is being imported. */
const isRefusal = ({ status, retryAfter }) => status >= 400 && status < 500 && !retryAfter;

/** @throws if the file cannot be read */
export const readFile = async (file) => new Import(new Blob([await file.arrayBuffer()]), typeOf(file.name));

/** `crypto.randomUUID` requires HTTPS. */
const randomKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
