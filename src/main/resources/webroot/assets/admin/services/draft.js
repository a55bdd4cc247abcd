import { t } from '../../lib/i18n.js';
import { withScheme } from '../../lib/scheme.js';
import { asNew } from './duplicate.js';
import { Judgement } from './judgement.js';
import { HIDDEN, difference, merged, toValues } from './values.js';

/** A service as it is being typed: its `values`, what they were at first, and the `problems` with them. */
export class Draft {
  values;
  #initial;
  #judgement = new Judgement();

  /** @param service as the server tells of it */
  constructor(service) {
    this.values = toValues(service);
    this.#initial = this.values;
  }

  /** As `problemsOf` names them; only those to be shown by now. */
  get problems() {
    return this.#judgement.problems;
  }

  /** What the values were at first. */
  get initial() {
    return this.#initial;
  }

  get isChanged() {
    return Object.keys(difference(this.values, this.#initial)).length > 0;
  }

  /** Whether the server has a body that it does not show. */
  get hasStoredBody() {
    return this.#initial.body === HIDDEN;
  }

  set(change) {
    this.values = { ...this.values, ...change };
    this.#judgement.typed(change, this.values);
  }

  /** An input was left, whatever its name. */
  leave(name) {
    if (name && name in this.values && this.values[name] !== this.#initial[name]) {
      this.completeAddress();
      this.#judgement.left([name], this.values);
    }
  }

  leaveHeader(id) {
    this.#judgement.left([`header-${id}`, `value-${id}`], this.values);
  }

  /** An address typed without its scheme gets one. */
  completeAddress() {
    const url = withScheme(this.values.url);
    if (url !== this.values.url) {
      this.set({ url });
    }
  }

  /** Judges all, as if these fields were others. Gives the names of those with a problem. */
  judge(others = {}) {
    return this.#judgement.all({ ...this.values, ...others });
  }

  /** The server has found what is wrong. */
  refused(problems) {
    this.#judgement.refused(problems);
  }

  /** Loses the secrets that the server has stored. Gives what has to be said of it, or null. */
  becomeNew() {
    const { values, notice } = asNew(this.values);
    this.values = values;
    return notice;
  }

  /** What it is now counts as what it was at first. */
  begin() {
    this.#initial = this.values;
  }

  /**
   * Somebody may have changed the service. What is not touched here becomes what it is now; what is, stays.
   *
   * @param service as the server tells of it now
   * @return what has to be said of it; null where nothing has changed
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
