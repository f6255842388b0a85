/** A command that cannot run as it was given: printed with the usage, without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly usage: string;
  /** 2: the command line is wrong. 1: the machine refused. */
  readonly exitCode: 1 | 2;

  constructor(message: string, usage: string, exitCode: 1 | 2 = 2) {
    super(message);
    this.usage = usage;
    this.exitCode = exitCode;
  }
}
