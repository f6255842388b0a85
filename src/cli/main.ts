#!/usr/bin/env node
import { runDoctor } from './doctor.ts';
import { runSandbox } from './sandbox.ts';
import { UsageError } from './usage-error.ts';

const HELP = `Usage: lesspay-elements <command> [options]

Commands:
  sandbox    Start a fake Lesspay and LeanX on this machine, with a hosted cashier and a console
  doctor     Examine a signing proxy, its upstreams and its server, and say how to mend what is wrong

Run "lesspay-elements <command> --help" for its options.
`;

async function main([command, ...rest]: string[]): Promise<void> {
  if (command === 'sandbox') return runSandbox(rest);
  if (command === 'doctor') return runDoctor(rest);
  if (command === '--help' || command === '-h' || command === 'help') {
    process.stdout.write(HELP);
    return;
  }
  throw new UsageError(command === undefined ? 'Which command?' : `Unknown command "${command}".`, HELP);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n\n${error.usage}`);
  process.exitCode = error.exitCode;
}
