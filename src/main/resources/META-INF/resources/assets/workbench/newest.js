/**
 * Sends one request at a time. Of those that come in meanwhile only the newest is kept; it goes out when the answer is there.
 * `cancel` drops what waits and what is on its way: an answer that comes later is not passed on.
 */
export class NewestOnly {
  #send;
  #onAnswer;
  #onFailure;
  #waiting = null;
  #running = null;

  constructor({ send, onAnswer, onFailure }) {
    this.#send = send;
    this.#onAnswer = onAnswer;
    this.#onFailure = onFailure;
  }

  ask(question) {
    this.#waiting = { question };
    if (this.#running === null) this.#next();
  }

  cancel() {
    this.#waiting = null;
    this.#running?.abort();
    this.#running = null;
  }

  async #next() {
    while (this.#waiting !== null) {
      const { question } = this.#waiting;
      const running = new AbortController();
      this.#waiting = null;
      this.#running = running;
      let answer;
      try {
        answer = await this.#send(question, running.signal);
      } catch (error) {
        if (this.#running !== running) return;
        this.cancel();
        this.#onFailure(error);
        return;
      }
      if (this.#running !== running) return;
      this.#onAnswer(answer);
    }
    this.#running = null;
  }
}
