import { problemsOf } from './rules.js';

const OF_HEADER = /^(header|value)-/;

/**
 * Validation errors of a form, keyed as by `problemsOf`. A field is validated on blur and, once it was invalid, on
 * input; all fields are validated on submit.
 */
export class Judgement {
  problems = {};
  #touched = new Set();

  /** Handles blur of these fields. */
  left(names, values) {
    const all = problemsOf(values);
    for (const name of names) {
      if (isOfHeader(name)) {
        this.#touched.add(name); // a header's name and value depend on each other
      }
      this.#judge(name, all);
    }
  }

  /** @param values after the change */
  typed(change, values) {
    const all = problemsOf(values);
    for (const name of new Set([...this.#touched, ...Object.keys(this.problems)])) {
      if (depends(name, change)) {
        this.#touched.add(name);
        this.#judge(name, all);
      }
    }
  }

  /** Validates all fields. Returns the names of the invalid ones. */
  all(values) {
    this.problems = problemsOf(values);
    const wrong = Object.keys(this.problems);
    wrong.forEach((name) => this.#touched.add(name));
    return wrong;
  }

  /** Takes over the server's validation errors. */
  refused(problems) {
    this.problems = { ...this.problems, ...problems };
  }

  #judge(name, all) {
    const { [name]: before, ...others } = this.problems;
    this.problems = name in all ? { ...others, [name]: all[name] } : others;
  }
}

export const isOfHeader = (name) => OF_HEADER.test(name);

/** Whether a change may affect a field's validation error. */
function depends(name, change) {
  return (
    name in change ||
    (isOfHeader(name) && ('headers' in change || 'url' in change)) ||
    (name === 'body' && ('url' in change || 'bodySecret' in change)) ||
    (name === 'bodySecret' && 'body' in change)
  );
}
