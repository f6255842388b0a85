/** One measured figure: how long a thing takes against its peer, both in the same run. */
export interface Ratio {
  name: string;
  peer: string;
  /** Median of the rounds' ratios; of times, above 1 the thing is slower than its peer. */
  ratio: number;
  lowest: number;
  highest: number;
  /** The budget, where there is one. */
  atMost?: number;
  /** The least that is asked for, of a ratio where more is better. */
  atLeast?: number;
}

const ROUNDS = 9;

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Runs both by turns, so that a busy machine slows both, and takes the median of the ratios. */
export async function compare(
  name: string,
  work: () => unknown,
  peer: string,
  peerWork: () => unknown,
  atMost?: number,
): Promise<Ratio> {
  await work();
  await peerWork();
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const own = await timed(work);
    ratios.push(own / (await timed(peerWork)));
  }
  ratios.sort((a, b) => a - b);
  const at = (index: number) => ratios[index] ?? Number.NaN;
  const ratio = at(Math.floor(ROUNDS / 2));
  return { name, peer, ratio, lowest: at(0), highest: at(ROUNDS - 1), ...(atMost === undefined ? {} : { atMost }) };
}
