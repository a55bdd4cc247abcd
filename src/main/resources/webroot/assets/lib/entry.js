/**
 * Merges an event into a service's entry. Events may omit locations, warnings and certificate, and never contain all
 * certificate fields; previous values of the same certificate are kept.
 *
 * @param before null if there is none
 */
export function updated(before, now) {
  const { locations, warnings, certificate } = before ?? {};
  const same = now.certificate && now.certificate.validTo === certificate?.validTo;
  return { locations, warnings, certificate, ...now, ...(same && { certificate: { ...certificate, ...now.certificate } }) };
}
