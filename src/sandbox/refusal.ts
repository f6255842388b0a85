/** A request that the upstream answers with a business code or an HTTP error; thrown by checks, turned into an envelope at the edge. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: number;
  readonly httpStatus: number;

  constructor(code: number, message: string, httpStatus = 200) {
    super(message);
    this.code = code;
    this.httpStatus = httpStatus;
  }
}
