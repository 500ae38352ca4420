/** Why the program cannot start, in one plain sentence for the operator that names the variable and says what to do. */
export class StartFault extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'StartFault';
  }
}
