import { t } from '../../lib/i18n.js';
import { withScheme } from '../../lib/scheme.js';
import { asNew } from './duplicate.js';
import { Judgement } from './judgement.js';
import { HIDDEN, difference, merged, toValues } from './values.js';

/** A service being edited: its `values`, their initial state, and the `problems` with them. */
export class Draft {
  values;
  #initial;
  #judgement = new Judgement();

  /** @param service as returned by the server */
  constructor(service) {
    this.values = toValues(service);
    this.#initial = this.values;
  }

  /** The validation errors due to be shown, keyed as by `problemsOf`. */
  get problems() {
    return this.#judgement.problems;
  }

  /** The initial values. */
  get initial() {
    return this.#initial;
  }

  get isChanged() {
    return Object.keys(difference(this.values, this.#initial)).length > 0;
  }

  /** Whether the server has a body that it does not return. */
  get hasStoredBody() {
    return this.#initial.body === HIDDEN;
  }

  set(change) {
    this.values = { ...this.values, ...change };
    this.#judgement.typed(change, this.values);
  }

  /** Handles blur of any input, by its name. */
  leave(name) {
    if (name && name in this.values && this.values[name] !== this.#initial[name]) {
      this.completeAddress();
      this.#judgement.left([name], this.values);
    }
  }

  leaveHeader(id) {
    this.#judgement.left([`header-${id}`, `value-${id}`], this.values);
  }

  /** Adds a scheme to an address typed without one. */
  completeAddress() {
    const url = withScheme(this.values.url);
    if (url !== this.values.url) {
      this.set({ url });
    }
  }

  /** Validates all fields, with `others` overriding some. Returns the names of the invalid ones. */
  judge(others = {}) {
    return this.#judgement.all({ ...this.values, ...others });
  }

  /** Takes over the server's validation errors. */
  refused(problems) {
    this.#judgement.refused(problems);
  }

  /** Drops the stored secrets. Returns the notice to show, or null. */
  becomeNew() {
    const { values, notice } = asNew(this.values);
    this.values = values;
    return notice;
  }

  /** Makes the current values the initial ones. */
  begin() {
    this.#initial = this.values;
  }

  /**
   * Merges a concurrent change of the service. Fields not edited here take the new value; edited ones stay.
   *
   * @param service the current one, as returned by the server
   * @return the notice to show; null if nothing changed
   */
  meet(service) {
    const now = toValues(service);
    const { values, theirs, kept } = merged(this.values, this.#initial, now);
    if (theirs.length === 0) {
      return null;
    }
    this.values = values;
    this.#initial = now;
    const list = (names) => ({ fields: names.map((one) => t(`services.field.${one}`)).join(', ') });
    const parts = [t('services.changed.elsewhere', list(theirs)), kept.length ? t('services.changed.kept', list(kept)) : ''];
    return parts.join(' ').trim();
  }
}
