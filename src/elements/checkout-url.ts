const isLoopback = (hostname: string): boolean => /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);

/**
 * The address of a hosted checkout, ready to navigate to, or `undefined` where it must not be followed. The proxy has
 * checked it already; the element looks again because it is the one that leaves the page. Must be written as plain
 * absolute `https://` on the default port, to a named host, without credentials. `hosts` (`pay.example`,
 * `*.pay.example`) narrows it further. A page on loopback may also go to loopback, where the sandbox's cashier is.
 */
export function safeCheckoutUrl(
  text: string,
  hosts: readonly string[],
  pageHostname = location.hostname,
): string | undefined {
  // The parser repairs what it gets (drops tabs, turns `\` into `/`, `https:host` into a host): only what needs no repair.
  if (!/^https?:\/\/[\w[][!-[\]-~]*$/i.test(text) || !URL.canParse(text)) return undefined;
  const { protocol, username, password, hostname, port, href } = new URL(text);
  if (username || password) return undefined;
  const listed = (host: string) => (host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host);
  const local = isLoopback(hostname) && isLoopback(pageHostname);
  const named = protocol === 'https:' && !port && /\.[a-z][a-z\d-]*$/.test(hostname);
  return (local || named) && (!hosts.length || hosts.some(listed)) ? href : undefined;
}
