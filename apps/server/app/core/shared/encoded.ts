/** The JSON text of a `T`, for what is large: written once, out of the texts that the database gave, and never parsed. */
export class Encoded<T> {
  readonly text: string;
  /** Only for the compiler: what the text is of. */
  declare readonly of: T;

  constructor(text: string) {
    this.text = text;
  }

  /** What it is of; also what makes it correct, if slow, in any other JSON. */
  toJSON(): T {
    return JSON.parse(this.text) as T;
  }
}
