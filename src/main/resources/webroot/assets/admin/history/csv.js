import { get } from '../../lib/api.js';
import { saveFile } from '../../lib/save.js';

const PAGE = 5_000;
/** Most rows in one file; spreadsheets cannot open more. */
export const MOST = 200_000;

/**
 * One CSV cell. Values that a spreadsheet would evaluate as a formula are escaped, because error texts may come from
 * the monitored service.
 */
export function cell(value) {
  const text = value === null || value === undefined ? '' : String(value);
  const plain = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

const line = (cells) => `${cells.map(cell).join(',')}\r\n`;

/**
 * Reads all checks that match a query and downloads them as a file.
 *
 * @param progress called with the number read so far
 * @return `{count, cut}`: the rows in the file, and whether more exist
 */
export async function download(query, signal, progress) {
  const parts = ['\ufeff', line(['time', 'status', 'responseTimeMs', 'httpStatus', 'failure', 'text', 'address', 'protocol', 'tlsVersion'])];
  let cursor = null;
  let count = 0;
  do {
    const answer = await get('/api/history', { ...query, limit: PAGE, cursor }, { signal });
    for (const { timestamp, status, responseTime, statusCode, error, address, protocol, tlsVersion } of answer.history) {
      const failure = [error?.class, error?.text, address, protocol, tlsVersion];
      parts.push(line([new Date(timestamp).toISOString(), status, responseTime, statusCode, ...failure]));
    }
    count += answer.history.length;
    cursor = answer.cursor;
    progress(count);
  } while (cursor && count < MOST);
  saveFile(new Blob(parts, { type: 'text/csv;charset=utf-8' }), `${fileName(query.service)}.csv`);
  return { count, cut: Boolean(cursor) };
}

const fileName = (service) => service.replace(/[^\p{L}\p{N} ._-]+/gu, '_').replace(/^\.+/, '').slice(0, 80) || 'history';
