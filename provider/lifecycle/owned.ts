/** The objects that resources of this program have, by id and by natural key, as far as this process has met them. */
export class Owned {
  readonly #marks = new Set<string>();
  /** Those that a resource of the program goes on with, which was there before this run or took them over in it. */
  readonly #staying = new Set<string>();

  /** Notes whose object it is, and that it stays; answers false where another resource has it. */
  take(...marks: string[]): boolean {
    const isFree = !marks.some((mark) => this.#marks.has(mark));
    if (isFree) {
      this.note(...marks);
      this.stay(...marks);
    }
    return isFree;
  }
  note(...marks: string[]): void {
    for (const mark of marks) this.#marks.add(mark);
  }
  release(...marks: string[]): void {
    for (const mark of marks) this.#marks.delete(mark);
  }

  /** Notes that the object stays with its resource. */
  stay(...marks: string[]): void {
    for (const mark of marks) this.#staying.add(mark);
  }
  /** Whether deleting it would take it from a resource that goes on with it: the engine deletes what has another name now. */
  stays(...marks: string[]): boolean {
    return marks.some((mark) => this.#staying.has(mark));
  }
}
