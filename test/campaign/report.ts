import type { CampaignOptions, CampaignTally } from './campaign.ts';
import { type Figure, isRed } from './judge.ts';

const CASES = 10;

/** A campaign's figures as lines of text, the wrong ones with their first cases. */
export function reportLines(
  { seed, store }: Pick<CampaignOptions, 'seed' | 'store'>,
  tally: CampaignTally,
  figures: readonly Figure[],
): string[] {
  return [
    `${store}, CAMPAIGN_SEED=${seed}, ${tally.seconds} s`,
    `${tally.orders} orders (${tally.payins} payments), ${tally.payouts} payouts; ` +
      `${tally.requests} requests of people, ${tally.unanswered} of them without an answer`,
    `${tally.processesEnded} processes killed or restarted, ${tally.processesPaused} paused, ${tally.databaseCrashes} crashes of the database`,
    `${tally.requestsOnTheWire} orders on the wire, ${tally.payoutsSentAgain} payouts sent again under their id; ` +
      `${tally.webhooksSent} webhooks, ${tally.webhooksLost} given up or lost`,
    `${tally.decisions} decisions of operators, ${tally.paidLate} orders paid twice, ${tally.refunds} refunds`,
    `${tally.eventsTold} events told, ${tally.eventsToldAgain} of them again; ${tally.reconcileRounds} rounds of reconcile`,
    ...figures.flatMap((figure) => [
      `${isRed(figure) ? '✗' : '✓'} ${figure.name} = ${figure.value}`,
      ...(isRed(figure) ? figure.cases.slice(0, CASES).map((one) => `    ${one}`) : []),
    ]),
  ];
}
