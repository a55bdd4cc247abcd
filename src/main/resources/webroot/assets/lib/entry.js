/**
 * A service's entry after an event. Not every event tells of locations, warnings and the certificate, and none of all that
 * a certificate has: what was known of the same one stays.
 *
 * @param before null for nothing
 */
export function updated(before, now) {
  const { locations, warnings, certificate } = before ?? {};
  const same = now.certificate && now.certificate.validTo === certificate?.validTo;
  return { locations, warnings, certificate, ...now, ...(same && { certificate: { ...certificate, ...now.certificate } }) };
}
