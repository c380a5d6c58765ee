/**
 * Joins those who ask while a request is under way into the next one. Every answer is from after its question, so what
 * was just written is in it.
 */
export class Batches<Q, A> {
  #next: { readonly questions: Q[]; readonly answer: Promise<A> } | undefined;
  #running: Promise<unknown> = Promise.resolve();

  constructor(private readonly ask: (questions: readonly Q[]) => Promise<A>) {}

  add(question: Q): Promise<A> {
    if (this.#next) {
      this.#next.questions.push(question);
      return this.#next.answer;
    }
    const questions = [question];
    const answer = this.#running.then(() => {
      this.#next = undefined;
      return this.ask(questions);
    });
    this.#next = { questions, answer };
    this.#running = answer.catch(() => undefined);
    return answer;
  }
}

/** The same for each key on its own, e.g. for the list of each environment. */
export function sharedBy<A>(ask: (key: string) => Promise<A>): (key: string) => Promise<A> {
  const batches = new Map<string, Batches<void, A>>();
  return (key) => {
    const batch = batches.get(key) ?? new Batches<void, A>(() => ask(key));
    batches.set(key, batch);
    return batch.add();
  };
}

/** One at a time for each key: of two writes that send everything, the later would undo the earlier. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  take<T>(key: string, run: () => Promise<T>): Promise<T> {
    const turn = (this.#last.get(key) ?? Promise.resolve()).then(run, run);
    this.#last.set(key, turn);
    const leave = () => {
      if (this.#last.get(key) === turn) this.#last.delete(key);
    };
    turn.then(leave, leave);
    return turn;
  }
}
