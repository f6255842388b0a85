import { lookup } from 'node:dns/promises';
import type { ProxyConfig } from '../../proxy/config.ts';
import { type Finding, findingsOf } from './finding.ts';

const { ok, problem, warning } = findingsOf('checkout-hosts');

/** Names that nobody can own (RFC 2606, RFC 6761): they come from documentation. */
const RESERVED = /(?:^|\.)(?:example(?:\.(?:com|net|org))?|invalid|test)$/;

/** Looks whether the hosts of the hosted checkout can be those of Lesspay. */
export async function checkCheckoutHosts({ lesspay, publicUrl }: ProxyConfig): Promise<Finding[]> {
  const { checkoutHosts, loopbackHost } = lesspay;
  if (checkoutHosts.length === 0) return [ok(`None: the cashier is on ${loopbackHost ?? 'the upstream'} itself.`)];
  const findings = await Promise.all(checkoutHosts.map((host) => checkHost(host, new URL(publicUrl).hostname)));
  return findings.some(({ status }) => status !== 'ok')
    ? findings.filter(({ status }) => status !== 'ok')
    : [ok(`${checkoutHosts.join(', ')} can be resolved. Whether the checkout is there shows the first order.`)];
}

async function checkHost(entry: string, shop: string): Promise<Finding> {
  const host = entry.replace(/^\*\./, '');
  const ask = 'Ask Lesspay on which hosts the checkout of your account is; they are not published.';
  if (RESERVED.test(host)) return problem(`${entry} is a name from documentation.`, ask);
  if (host === shop || shop.endsWith(`.${host}`)) {
    return problem(`${entry} is the shop's own host, not that of the checkout.`, ask);
  }
  // Of a wildcard the name itself may have no address.
  if (host !== entry) return ok(`${entry} allows every subdomain.`);
  try {
    await lookup(host);
    return ok(`${entry} can be resolved.`);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ENOTFOUND'
      ? problem(`${entry} does not exist.`, `Check the spelling. ${ask}`)
      : warning(`${entry} could not be looked up.`, 'See that this machine has a name server.');
  }
}
