import { median } from './quantile.ts';
import type { Figure, Ratio } from './report.ts';

const ROUNDS = 9;

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Our figure over a peer's, round by round: what slows the machine in a round slows both. */
export function pairedRatio(own: readonly number[], peer: readonly number[]): Ratio {
  const ratios = peer.map((value, round) => (own[round] ?? Number.NaN) / value);
  return { median: median(ratios), lowest: Math.min(...ratios), highest: Math.max(...ratios) };
}

/** Runs both by turns, so that a busy machine slows both; the second figure carries the median of the ratios. */
export async function compare(
  name: string,
  work: () => unknown,
  peer: string,
  peerWork: () => unknown,
  atMost?: number,
): Promise<Figure[]> {
  await work();
  await peerWork();
  const own: number[] = [];
  const others: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    own.push(await timed(work));
    others.push(await timed(peerWork));
  }
  const ratio: Ratio = { ...pairedRatio(own, others), of: name, ...(atMost === undefined ? {} : { atMost }) };
  return [
    { name, unit: 'ms', value: median(own) },
    { name: peer, unit: 'ms', value: median(others), ratio },
  ];
}
