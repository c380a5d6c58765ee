/** The objects that resources of this program have, by id and by natural key, as far as this process has met them. */
export class Owned {
  readonly #marks = new Set<string>();

  /** Notes whose object it is; answers false where another resource has it. */
  take(...marks: string[]): boolean {
    const isFree = !marks.some((mark) => this.#marks.has(mark));
    if (isFree) this.note(...marks);
    return isFree;
  }
  note(...marks: string[]): void {
    for (const mark of marks) this.#marks.add(mark);
  }
  release(...marks: string[]): void {
    for (const mark of marks) this.#marks.delete(mark);
  }
}
