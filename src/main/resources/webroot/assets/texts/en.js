// The texts of all pages in English. Another language has the same keys; i18n.js says how they are used.
export default {
  // everywhere
  none: '–',
  skip: 'Skip to the content',
  loading: 'Loading …',
  'try.again': 'Try again',
  cancel: 'Cancel',
  close: 'Close',
  save: 'Save',
  'foot.by': 'OpenUptimes ·',
  'theme.switch': 'Theme: {theme}. Change it',
  'theme.auto': 'as the system',
  'theme.light': 'light',
  'theme.dark': 'dark',
  'status.up': 'Up',
  'status.down': 'Down',
  'status.degraded': 'Degraded',
  'status.unknown': 'Not checked yet',
  'status.paused': 'Paused',
  'failure.dns': 'Name not found',
  'failure.connect': 'No connection',
  'failure.tls': 'TLS failure',
  'failure.timeout': 'Timeout',
  'failure.redirect': 'Redirect failure',
  'failure.status': 'Wrong status',
  'failure.protocol': 'Not HTTP',
  'error.unreachable': 'The server cannot be reached.',
  'error.limited': {
    one: 'Too many requests. Try again in {count} second.',
    other: 'Too many requests. Try again in {count} seconds.',
  },
  'error.store': 'The server cannot reach its store. Nothing was changed; try again.',
  'error.other': 'That did not work: {message}',

  // the status page

  // the page of a service

  // the set-up

  // the admin dashboard
};
