import { parseArgs } from 'node:util';
import { APPS, startApp } from './start-app.ts';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { port: { type: 'string' } } });
const [name = ''] = positionals;
const port = Number(values.port ?? 3000);
if (!(name in APPS) || !Number.isInteger(port)) {
  console.error(`npm run apps ${Object.keys(APPS).join('|')} [-- --port 3000]`);
  process.exit(2);
}

const { origin, upstream, pages, close } = await startApp(name, { port });
for (const [title, path] of Object.entries(pages)) console.log(`  ${title.padEnd(16)} ${origin}${path}`);
console.log(`  ${'Sandbox console'.padEnd(16)} ${upstream}/console`);
process.once('SIGINT', () => void close().then(() => process.exit()));
