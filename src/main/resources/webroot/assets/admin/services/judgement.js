import { problemsOf } from './rules.js';

const OF_HEADER = /^(header|value)-/;

/**
 * What is wrong with a form's values, by field as `problemsOf` names them. A field is judged when it is left and, once
 * something was wrong with it, as it is typed in; all are judged when the form is sent.
 */
export class Judgement {
  problems = {};
  #touched = new Set();

  /** Fields were left. */
  left(names, values) {
    const all = problemsOf(values);
    for (const name of names) {
      if (isOfHeader(name)) {
        this.#touched.add(name); // name and value depend on each other
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

  /** Judges all. Gives the names of those with a problem. */
  all(values) {
    this.problems = problemsOf(values);
    const wrong = Object.keys(this.problems);
    wrong.forEach((name) => this.#touched.add(name));
    return wrong;
  }

  /** The server has found what is wrong. */
  refused(problems) {
    this.problems = { ...this.problems, ...problems };
  }

  #judge(name, all) {
    const { [name]: before, ...others } = this.problems;
    this.problems = name in all ? { ...others, [name]: all[name] } : others;
  }
}

export const isOfHeader = (name) => OF_HEADER.test(name);

/** Whether what is wrong with a field may be another matter after a change. */
function depends(name, change) {
  return (
    name in change ||
    (isOfHeader(name) && ('headers' in change || 'url' in change)) ||
    (name === 'body' && ('url' in change || 'bodySecret' in change)) ||
    (name === 'bodySecret' && 'body' in change)
  );
}
