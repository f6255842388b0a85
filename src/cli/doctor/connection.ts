/** Why a connection could not be made, in plain words, and how to mend it. */
export function connectionFault(error: unknown, host: string): { says: string; remedy: string } {
  const codes = codesOf(error);
  const has = (...wanted: string[]) => wanted.some((code) => codes.includes(code));
  if (has('ENOTFOUND', 'EAI_AGAIN', 'ENODATA')) {
    return {
      says: `The name ${host} cannot be resolved.`,
      remedy: 'Check the spelling of the host, and that this machine has a name server.',
    };
  }
  if (has('ECONNREFUSED')) {
    return { says: `Nothing listens at ${host}.`, remedy: 'Start the server, or correct the port.' };
  }
  if (has('EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'TIMEOUT')) {
    return {
      says: `${host} does not answer.`,
      remedy: 'Look at the firewall and at the outgoing proxy: HTTPS must be let through to it.',
    };
  }
  if (codes.some((code) => code.includes('CERT') || code.includes('SIGNATURE') || code.startsWith('ERR_TLS'))) {
    return {
      says: `The certificate of ${host} is not accepted.`,
      remedy:
        'Give a certificate of a public authority for this very name, with its intermediate; never switch the check off.',
    };
  }
  if (codes.some((code) => code.startsWith('ERR_SSL') || code === 'EPROTO')) {
    return { says: `${host} does not speak TLS there.`, remedy: 'Check http or https, and the port.' };
  }
  return {
    says: `The connection to ${host} broke.`,
    remedy: 'Try again; if it stays so, look at what stands between.',
  };
}

function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if ('code' in current && typeof current.code === 'string') codes.push(current.code);
    if (current.name === 'TimeoutError') codes.push('TIMEOUT');
    // Of several addresses each has failed in its own way.
    if (current instanceof AggregateError && current.errors.length > 0) codes.push(...codesOf(current.errors[0]));
    current = current.cause;
  }
  return codes;
}
