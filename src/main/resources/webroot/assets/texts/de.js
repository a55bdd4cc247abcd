// Die Texte aller Seiten auf Deutsch, mit denselben Schlüsseln wie en.js.
export default {
  // überall
  none: '–',
  skip: 'Zum Inhalt springen',
  loading: 'Wird geladen …',
  'try.again': 'Noch einmal versuchen',
  cancel: 'Abbrechen',
  close: 'Schließen',
  save: 'Speichern',
  'foot.by': 'OpenUptimes ·',
  'theme.switch': 'Darstellung: {theme}. Ändern',
  'theme.auto': 'wie das System',
  'theme.light': 'hell',
  'theme.dark': 'dunkel',
  'status.up': 'Erreichbar',
  'status.down': 'Ausgefallen',
  'status.degraded': 'Eingeschränkt',
  'status.unknown': 'Noch nicht geprüft',
  'status.paused': 'Pausiert',
  'failure.dns': 'Name nicht gefunden',
  'failure.connect': 'Keine Verbindung',
  'failure.tls': 'TLS-Fehler',
  'failure.timeout': 'Zeitüberschreitung',
  'failure.redirect': 'Fehler bei der Weiterleitung',
  'failure.status': 'Falscher Status',
  'failure.protocol': 'Kein HTTP',
  'error.unreachable': 'Der Server ist nicht erreichbar.',
  'error.limited': {
    one: 'Zu viele Anfragen. In {count} Sekunde noch einmal versuchen.',
    other: 'Zu viele Anfragen. In {count} Sekunden noch einmal versuchen.',
  },
  'error.store': 'Der Server erreicht seinen Speicher nicht. Nichts wurde geändert; bitte noch einmal versuchen.',
  'error.other': 'Das hat nicht geklappt: {message}',

  // die Statusseite

  // die Seite eines Dienstes

  // die Einrichtung

  // die Verwaltung
};
