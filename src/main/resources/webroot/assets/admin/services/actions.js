import { warnAlike } from '../../components/alike.js';
import { confirm } from '../../components/dialog.js';
import { toast } from '../../components/toast.js';
import { send } from '../../lib/api.js';
import { explain } from '../../lib/errors.js';
import { short } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';
import { BulkRun } from './bulk.js';

/** How long the pages offer undo; the server keeps deleted services somewhat longer. */
const UNDO_SECONDS = 10;

export const setPaused = (name, paused) => send('PATCH', '/api/services', { query: { name }, body: { paused } });
export const setGroup = (name, group) => send('PATCH', '/api/services', { query: { name }, body: { group } });
export const remove = async (name) => (await send('DELETE', '/api/services', { query: { name } })).undo;
const restore = (id) => send('POST', '/api/services/restore', { body: { id } });

/** Asks, deletes and offers undo. Returns whether the service was deleted. */
export async function deleteOne(row) {
  const sure = await confirm({
    title: t('services.delete.title'),
    text: t('services.delete.text', { name: row.name }),
    action: t('services.menu.delete'),
    danger: true,
  });
  if (!sure) {
    return false;
  }
  try {
    const undo = await remove(row.name);
    offerUndo([{ name: row.name, undo }]);
    return true;
  } catch (e) {
    toast(explain(e), { kind: 'bad' });
    return false;
  }
}

/** @param deleted `{name, undo}` of each; services that can no longer be restored are not offered */
export function offerUndo(deleted) {
  const now = Date.now();
  const offered = deleted.filter(({ undo }) => undo && undo.until > now);
  const text =
    deleted.length === 1
      ? t('services.deleted.one', { name: short(deleted[0].name) })
      : t('services.deleted', { count: deleted.length });
  const undo = {
    text: offered.length === deleted.length ? t('services.undo') : t('services.undo.some', { count: offered.length }),
    run: () => undoAll(offered),
  };
  toast(text, offered.length > 0 ? { action: undo, seconds: UNDO_SECONDS } : {});
}

async function undoAll(deleted) {
  const wait = deleted.length > 1 ? toast(t('services.restoring'), { kind: 'info', seconds: Infinity }) : null;
  const run = await new BulkRun(deleted, ({ undo }) => restore(undo.id)).run();
  wait?.close();
  if (run.results.length > 0) {
    toast(
      deleted.length === 1
        ? t('services.restored.one', { name: short(deleted[0].name) })
        : t('services.restored', { count: run.results.length }),
    );
  }
  warnAlike(run.results);
  if (run.failures.length > 0) {
    const { name, error } = run.failures[0];
    const reason = restoreProblem(error);
    toast(
      run.failures.length === 1
        ? t('services.restore.failed.one', { name: short(name), reason })
        : t('services.restore.failed', { count: run.failures.length, reason }),
      { kind: 'bad' },
    );
  }
}

function restoreProblem(error) {
  switch (error.status) {
    case 404:
      return t('services.restore.late');
    case 409:
      return t('services.restore.taken');
    default:
      return explain(error);
  }
}

/** @param paused the new state */
export async function pauseOne(row, paused) {
  try {
    await setPaused(row.name, paused);
    toast(t(paused ? 'services.paused' : 'services.resumed', { name: short(row.name) }));
  } catch (e) {
    toast(explain(e), { kind: 'bad' });
  }
}
