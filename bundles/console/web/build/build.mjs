/*
 * Builds the console for Maven: npm ci, type check, unit tests, bundle. Does nothing when the output was made from the
 * same inputs.
 *
 *   node build/build.mjs OUTPUT_FOLDER
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const WEB = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const IGNORED = new Set(['node_modules', 'dev']);

const output = process.argv[2];
if (!output) fail('Usage: node build/build.mjs OUTPUT_FOLDER');
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) fail(`The console builds with Node 20.19 or newer; this is ${process.version}.`);

// Beside the output's root, so that "mvn clean" forgets it and the jar does not carry it.
const stamps = join(resolve(output, '../../../../..'), 'web-stamps');
const dependencies = digest(['package-lock.json', 'package.json', '.npmrc']);
const everything = digest(files(WEB));

if (stamp('build') === everything && existsSync(join(output, 'files.txt'))) process.exit(0);
if (stamp('install') !== dependencies || !existsSync(join(WEB, 'node_modules', '.package-lock.json'))) {
  run('ci', '--no-audit', '--no-fund', '--loglevel=error');
  remember('install', dependencies);
}
run('run', '--silent', 'check');
run('run', '--silent', 'test');
run('run', '--silent', 'build', '--', '--logLevel', 'warn', '--outDir', resolve(output));
remember('build', everything);

function files(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !IGNORED.has(name))
    .flatMap((entry) => (entry.isDirectory() ? files(join(folder, entry.name)) : [relative(WEB, join(folder, entry.name))]))
    .sort();
}

function digest(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(`${path}\0`).update(readFileSync(join(WEB, path)));
  return hash.digest('hex');
}

function stamp(name) {
  const path = join(stamps, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function remember(name, value) {
  mkdirSync(stamps, { recursive: true });
  writeFileSync(join(stamps, name), value);
}

function run(...words) {
  const result = spawnSync('npm', words, { cwd: WEB, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.error) fail(`npm could not be started (${result.error.message}). Install Node 20 with npm.`);
  if (result.status !== 0) fail(`npm ${words.join(' ')} failed in ${WEB}.`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
