import { html } from 'lit';
import { openDialog } from '../components/dialog.js';
import { toast } from '../components/toast.js';
import { address, findSession, onSessionEnd, send, useSession } from '../lib/api.js';
import { explain } from '../lib/errors.js';
import { t } from '../lib/i18n.js';
import { mayLeave } from './unsaved.js';
import './sign-in.js';

let asking = null;

/** Asks for the password in a dialog over the page, so that unsaved input is kept. */
function ask() {
  asking ??= signInOver().finally(() => (asking = null));
  return asking;
}

async function signInOver() {
  const form = document.createElement('sign-in-form');
  const content = html`<p>${t('admin.sessionEnded')}</p>${form}<p><a href=${address('/')}>${t('admin.statusPage')}</a></p>`;
  const { close, closed } = openDialog(content, { title: t('admin.signIn'), closable: false });
  form.addEventListener('signed-in', () => close(true));
  form.focus();
  const elsewhere = async () => {
    if (!document.hidden && (await findSession().catch(() => false))) {
      close(true); // signed in from another tab
    }
  };
  document.addEventListener('visibilitychange', elsewhere);
  const done = (await closed) === true;
  document.removeEventListener('visibilitychange', elsewhere);
  return done;
}

onSessionEnd(ask);

/** Ends this session, or all sessions, and shows the sign-in page. */
export async function signOut({ everywhere = false } = {}) {
  if (!(await mayLeave())) {
    return;
  }
  try {
    await (everywhere ? send('DELETE', '/api/auth/sessions') : send('POST', '/api/auth/logout'));
  } catch (e) {
    toast(explain(e), { kind: 'bad' });
    return;
  }
  useSession(null);
  window.dispatchEvent(new CustomEvent('left', { detail: { everywhere } }));
}
