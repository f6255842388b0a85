import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const textIn = (folder) => {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (!file) throw new Error(`${folder} has no licence text to pass on.`);
  return readFileSync(join(folder, file), 'utf8').trim();
};

/**
 * The licences of what stands in the one-file builds, which their terms want beside every copy.
 *
 * @param {{ about: object, scripts: { file: string, packages: Set<string> }[] }} of package.json and the one-file builds
 */
export function licencesOf({ about, scripts }) {
  const names = [...new Set(scripts.flatMap(({ packages }) => [...packages]))].sort();
  const parts = names.map((name) => {
    const folder = join('node_modules', name);
    const { license, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const files = scripts.filter(({ packages }) => packages.has(name)).map(({ file }) => file);
    return `${name} ${version} (${license})\nin ${files.join(', ')}\n\n${textIn(folder)}\n`;
  });
  return [`${about.name} ${about.version} (${about.license})\n\n${textIn('.')}\n`, ...parts].join(
    `\n${'-'.repeat(72)}\n\n`,
  );
}
