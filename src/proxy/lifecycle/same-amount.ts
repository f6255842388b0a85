const DECIMAL = /^0*(\d+)(?:\.(\d*?)0*)?$/;

/** Whether two decimal texts are the same number (`100`, `100.00`); text that is no decimal equals nothing. */
export function isSameAmount(a: string, b: string): boolean {
  const left = DECIMAL.exec(a);
  const right = DECIMAL.exec(b);
  return left !== null && right !== null && left[1] === right[1] && (left[2] ?? '') === (right[2] ?? '');
}
