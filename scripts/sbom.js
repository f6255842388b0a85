/**
 * The bill of materials (CycloneDX 1.6, JSON): the package, what it depends on in the versions it was built and tested
 * with, and each one-file build with the packages whose code is in it.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';

const purl = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;
const hex = (integrity) => Buffer.from(integrity.slice(integrity.indexOf('-') + 1), 'base64').toString('hex');

/** When this state was made: two builds of one commit give one bill. */
function dateOfSource() {
  if (process.env.SOURCE_DATE_EPOCH) return new Date(Number(process.env.SOURCE_DATE_EPOCH) * 1000);
  try {
    const seconds = execFileSync('git', ['log', '-1', '--format=%ct'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return new Date(Number(seconds) * 1000);
  } catch {
    return new Date(); // not a git checkout, for example an unpacked archive
  }
}

/** Where Node finds a dependency of a package in the lock file. */
function place(lock, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder}${folder ? '/' : ''}node_modules/${name}`;
    if (lock.packages[path]) return path;
    if (folder === '') throw new Error(`${name}, of ${from || 'the package'}, is not in package-lock.json.`);
  }
}

/**
 * @param {{ about: object, lock: object, scripts: { file: string, code: Buffer, loads: string[], packages: Set<string> }[] }} of
 *   package.json, package-lock.json and the one-file builds
 * @returns {object} The bill.
 */
export function billOfMaterials({ about, lock, scripts }) {
  const own = purl(about.name, about.version);
  const refOf = (path) => purl(path.slice(path.lastIndexOf('node_modules/') + 13), lock.packages[path].version);
  const components = new Map();
  const dependencies = new Map();
  const add = (ref, path, wanted) => {
    const paths = Object.keys(wanted ?? {}).map((name) => place(lock, path, name));
    dependencies.set(ref, [...new Set(paths.map(refOf))].sort());
    for (const next of paths) {
      if (components.has(refOf(next))) continue;
      const { version, license, integrity } = lock.packages[next];
      const [, group, name] = /^(?:(@[^/]+)\/)?(.+)$/.exec(next.slice(next.lastIndexOf('node_modules/') + 13));
      components.set(refOf(next), {
        type: 'library',
        'bom-ref': refOf(next),
        ...(group && { group }),
        name,
        version,
        scope: 'required',
        hashes: [{ alg: 'SHA-512', content: hex(integrity) }],
        licenses: [{ license: { id: license } }],
        purl: refOf(next),
      });
      add(refOf(next), next, lock.packages[next].dependencies);
    }
  };
  add(own, '', about.dependencies);
  for (const { file, code, loads, packages } of scripts) {
    const ref = `${own}#dist/cdn/${file}`;
    components.set(ref, {
      type: 'file',
      'bom-ref': ref,
      name: `dist/cdn/${file}`,
      version: about.version,
      hashes: [{ alg: 'SHA-384', content: createHash('sha384').update(code).digest('hex') }],
      licenses: [{ license: { id: about.license } }],
    });
    dependencies.set(
      ref,
      [
        ...loads.map((part) => `${own}#dist/cdn/${part}`),
        ...[...packages].map((name) => refOf(`node_modules/${name}`)),
      ].sort(),
    );
  }
  const entries = [...components.values()].sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1));
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      timestamp: dateOfSource().toISOString(),
      lifecycles: [{ phase: 'build' }],
      component: {
        type: 'library',
        'bom-ref': own,
        name: about.name,
        version: about.version,
        description: about.description,
        licenses: [{ license: { id: about.license } }],
        purl: own,
      },
    },
    components: entries,
    dependencies: [...dependencies]
      .map(([ref, dependsOn]) => ({ ref, dependsOn }))
      .sort((a, b) => (a.ref < b.ref ? -1 : 1)),
  };
}
