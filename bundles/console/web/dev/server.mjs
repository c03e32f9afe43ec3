/*
 * For working on the pages without an appliance: serves the built console with the appliance's headers, hands /api/v1
 * to a Prometheus that scrapes a node_exporter, and plays /api/hw from memory.
 *
 *   PROMETHEUS=http://127.0.0.1:9090 PORT=5173 npm run dev        (beside `npm run build -- --watch`)
 *
 * FAKE=setup starts before set-up, problems with findings, nostream without the live stream, nochannels with nobody to tell,
 * defaults without an alertmanager.yml, sealed with a sealed vault; several are separated by commas.
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { house } from './house.mjs';

const PROMETHEUS = new URL(process.env.PROMETHEUS ?? 'http://127.0.0.1:9090');
const PORT = Number(process.env.PORT ?? 0);
const FAKE = new Set((process.env.FAKE ?? '').split(','));
const WEB = fileURLToPath(new URL('../../target/classes/org/hearthwatch/console/web', import.meta.url));
const STARTED = Date.now() / 1000 - 4000;

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

const state = {
  setupNeeded: FAKE.has('setup'),
  signedIn: !FAKE.has('setup') && !FAKE.has('signedout'),
  tokens: [
    { name: 'prometheus', scope: 'read', source: null, owner: 'ada', created: STARTED, expires: STARTED + 90 * 86400, lastUsed: Date.now() / 1000 - 12 },
    { name: 'deploy-script', scope: 'admin', source: null, owner: null, created: STARTED - 86400, expires: null, lastUsed: null },
  ],
  users: [
    { name: 'ada', roles: ['admin'], groups: [], effectiveRoles: ['admin'], enabled: true, secondFactor: true, provider: 'local', created: STARTED - 864000, lastSignIn: STARTED },
    { name: 'guest', roles: ['viewer'], groups: ['family'], effectiveRoles: ['viewer'], enabled: true, secondFactor: false, provider: 'local', created: STARTED - 86400, lastSignIn: null },
  ],
  plugins: [
    {
      file: 'plugin-filecount-1.0.0.jar', sha256: 'b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184',
      name: 'File count', symbolicName: 'org.example.filecount', version: '1.0.0', vendor: 'A stranger', state: 'QUARANTINED',
      reason: 'Nobody has approved this file yet.', since: Date.now() / 1000 - 60, signer: null,
      asksFor: ['It starts other programs.'], needs: ['exec:smartctl', 'net:192.168.0.0/16'],
    },
    {
      file: 'plugin-weather-0.3.jar', sha256: '591785b794601e212b260e25925636fd591785b794601e212b260e25925636fd',
      name: 'Weather station', symbolicName: 'org.example.weather', version: '0.3.0', vendor: null, state: 'RUNNING', reason: null, since: STARTED, signer: 'Hearthwatch plugins', asksFor: [], needs: [],
    },
    {
      file: 'notes.txt', sha256: '0cc175b9c0f1b6a831c399e269772661b0cc175b9c0f1b6a831c399e26977266',
      name: 'notes.txt', symbolicName: '', version: '', vendor: null, state: 'REFUSED', reason: 'This is no OSGi bundle: it has no Bundle-SymbolicName. Remove the file.', since: STARTED, signer: null, asksFor: [], needs: [],
    },
  ],
};

const collector = (name, series, more = {}) => ({
  name, job: 'node', bundle: 'org.hearthwatch.collector.host', state: 'OK', interval: 15, timeout: 10,
  lastRun: Date.now() / 1000 - 4, lastDuration: 0.0042, lastError: null, series, refusedSamples: 0, consecutiveFailures: 0, ...more,
});

function collectors() {
  const list = [collector('host', 812), collector('runtime', 143, { job: 'hearthwatch', bundle: 'org.hearthwatch.collector.runtime' })];
  if (FAKE.has('problems')) {
    list.push(
      collector('weather', 0, {
        job: 'weather', bundle: 'org.example.weather', state: 'BACKING_OFF', consecutiveFailures: 4, refusedSamples: 12,
        lastError: 'Connection refused: the station at 192.168.1.20 does not answer on port 80.',
      }),
    );
  }
  return list;
}

function findings() {
  if (!FAKE.has('problems')) return [];
  return [
    { severity: 'critical', subject: 'store', problem: 'The disk of the data directory is full, so new samples are not kept.', remedy: 'Free space on /var/lib, or move the data with --home.' },
    { severity: 'warning', subject: 'etc/org.hearthwatch.collect.cfg', problem: 'interval = “soon” is not a duration.', remedy: 'Write a number and a unit, such as 15s or 1m. The last good value is in use.' },
    { severity: 'info', subject: 'plugin File count', problem: 'It waits for approval.', remedy: 'Look at it under Plugins.' },
  ];
}

function ask(path, form) {
  return new Promise((resolve, reject) => {
    const out = request(new URL(path, PROMETHEUS), { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }, (answer) => {
      let text = '';
      answer.on('data', (part) => (text += part)).on('end', () => resolve({ status: answer.statusCode, text }));
    });
    out.on('error', reject);
    out.end(new URLSearchParams(form).toString());
  });
}

async function status() {
  const one = async (query) => Number(JSON.parse((await ask('/api/v1/query', { query })).text).data.result[0]?.value[1] ?? 0);
  const hostName = JSON.parse((await ask('/api/v1/query', { query: 'node_uname_info' })).text).data.result[0]?.metric.instance ?? 'unknown';
  return {
    version: '0.1.0', hostName, started: STARTED, residentBytes: 223 * 1024 * 1024, heapUsedBytes: 9e7, heapMaxBytes: 2.6e8, cpuSeconds: 40,
    collectors: collectors().length, failingCollectors: collectors().filter((one) => one.state !== 'OK').length,
    store: { series: await one('count({__name__=~".+"})'), samples: 1e6, samplesPerSecond: 83, memoryBytes: 3e7, diskBytes: 4.4e7, oldest: STARTED, newest: Date.now() / 1000, readOnly: null },
  };
}

function json(response, code, value) {
  response.writeHead(code, { ...HEADERS, 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(value === undefined ? '' : JSON.stringify(value));
}

async function body(incoming) {
  let text = '';
  for await (const part of incoming) text += part;
  return text;
}

async function liveStream(url, incoming, response) {
  if (FAKE.has('nostream')) return json(response, 503, { error: 'There are too many streams.', status: 503 });
  response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  const expressions = url.searchParams.getAll('expr');
  const send = async () => {
    const time = Date.now() / 1000;
    const results = await Promise.all(
      expressions.map(async (expr) => {
        const answer = JSON.parse((await ask('/api/v1/query', { query: expr, time: String(time) })).text);
        return answer.status === 'success'
          ? { expr, error: null, vector: answer.data.result.map(({ metric, value }) => ({ labels: metric, value: value[1] })) }
          : { expr, error: answer.error, vector: null };
      }),
    );
    response.write(`event: sample\ndata: ${JSON.stringify({ time, results })}\n\n`);
  };
  await send();
  const timer = setInterval(() => void send().catch(() => {}), Number(url.searchParams.get('every') ?? 5) * 1000);
  incoming.on('close', () => clearInterval(timer));
}

const labels = { alertname: 'DiskFillsSoon', severity: 'warning', instance: 'nas', mountpoint: '/srv/pool' };
const silences = [
  {
    id: '7f0e3c1a-0000-4000-8000-000000000001', createdBy: 'ada', comment: 'The disk is being replaced', status: { state: 'active' },
    matchers: [{ name: 'instance', value: 'nas', isRegex: false, isEqual: true }, { name: 'alertname', value: 'Disk.*', isRegex: true, isEqual: true }],
    startsAt: new Date(STARTED * 1000).toISOString(), endsAt: new Date((STARTED + 86400) * 1000).toISOString(),
  },
];

function groups() {
  const seen = { evaluationTime: 0.0021, lastEvaluation: new Date().toISOString(), health: 'ok', labels: {}, annotations: {} };
  const alert = (more, state, since) => ({
    labels: { ...labels, ...more }, state, activeAt: new Date(Date.now() - since * 1000).toISOString(), value: '9.731234e+00',
    annotations: { summary: `${more.mountpoint ?? labels.mountpoint} on ${labels.instance} is full in less than a day`, description: 'It fills at 2.1 GB an hour.', runbook_url: 'https://example.org/runbooks/disk' },
  });
  return [
    {
      name: 'disks', file: '/etc/rules/disks.yml', interval: 15, evaluationTime: 0.01, lastEvaluation: seen.lastEvaluation,
      rules: [
        {
          ...seen, type: 'alerting', name: 'DiskFillsSoon', state: 'firing', duration: 600, keepFiringFor: 0,
          query: 'predict_linear(node_filesystem_avail_bytes{fstype!="tmpfs"}[6h], 86400) < 0',
          alerts: [alert({}, 'firing', 4000), alert({ mountpoint: '/', severity: 'critical' }, 'firing', 300), alert({ mountpoint: '/boot' }, 'pending', 30)],
        },
        { ...seen, type: 'recording', name: 'instance:node_cpu:rate5m', query: 'sum by (instance) (rate(node_cpu_seconds_total{mode!="idle"}[5m]))' },
        { ...seen, type: 'alerting', name: 'RaidBroken', state: 'inactive', duration: 0, query: 'node_md_disks{state="failed"} > 0', alerts: [], health: 'err', lastError: 'found duplicate series for the match group' },
      ],
    },
  ];
}

async function routing(url, incoming, response) {
  const route = `${incoming.method} ${url.pathname.slice('/api/v2/'.length)}`;
  if (route === 'GET silences') return json(response, 200, silences);
  if (route === 'POST silences') {
    const asked = JSON.parse(await body(incoming));
    if (asked.comment === 'refuse') return json(response, 400, 'bad matcher format: nothing is matched');
    silences.push({ ...asked, id: `made-${silences.length}`, status: { state: 'active' } });
    return json(response, 200, { silenceID: silences.at(-1).id });
  }
  const ended = silences.find(({ id }) => route === `DELETE silence/${id}`);
  if (ended === undefined) return json(response, 404, 'not found');
  ended.status = { state: 'expired' };
  response.writeHead(200, HEADERS);
  return response.end();
}

async function hearthwatch(url, incoming, response) {
  const [, , , kind, name, action] = url.pathname.split('/').map(decodeURIComponent);
  const sent = incoming.method === 'GET' ? '' : await body(incoming);
  const asked = sent === '' ? {} : JSON.parse(sent);
  const route = `${incoming.method} ${kind}${name === undefined ? '' : '/*'}${action === undefined ? '' : `/${action}`}`;
  if (route === 'GET session') {
    return json(response, 200, {
      setupNeeded: state.setupNeeded,
      user: state.signedIn ? { name: 'ada', scope: FAKE.has('reader') ? 'read' : 'admin', roles: [FAKE.has('reader') ? 'viewer' : 'admin'] } : null,
      csrf: state.signedIn ? 'dev' : null,
    });
  }
  if (route === 'POST setup') {
    if (asked.code !== 'DEV') return json(response, 403, { error: 'This set-up code is not valid or has expired. Start Hearthwatch again for a new link.', status: 403 });
    state.setupNeeded = false;
    state.signedIn = true;
    return json(response, 204);
  }
  if (route === 'POST sign-in') {
    if (asked.password === 'wrong') return json(response, 401, { error: 'Name or password is wrong.', status: 401 });
    state.signedIn = true;
    return json(response, 204);
  }
  if (!state.signedIn) return json(response, 401, { error: 'Sign in first.', status: 401 });
  if (incoming.method !== 'GET' && incoming.headers['x-csrf-token'] !== 'dev') return json(response, 403, { error: 'The request lacks the CSRF token.', status: 403 });
  const played = house(incoming.method, url.pathname.slice('/api/hw/'.length), url.searchParams, asked, FAKE);
  if (played !== undefined) return json(response, played.status, played.value);
  switch (route) {
    case 'GET live':
      return liveStream(url, incoming, response);
    case 'POST sign-out':
      state.signedIn = false;
      return json(response, 204);
    case 'GET status':
      return json(response, 200, await status());
    case 'GET doctor':
      return json(response, 200, findings());
    case 'GET collectors':
      return json(response, 200, collectors());
    case 'GET plugins':
      return json(response, 200, state.plugins);
    case 'POST plugins/*/approve': {
      const plugin = state.plugins.find(({ sha256 }) => sha256 === name);
      Object.assign(plugin, { state: 'RUNNING', reason: null, since: Date.now() / 1000 });
      return json(response, 200, plugin);
    }
    case 'DELETE plugins/*':
      state.plugins = state.plugins.filter(({ sha256 }) => sha256 !== name);
      return json(response, 204);
    case 'GET tokens':
      return json(response, 200, state.tokens);
    case 'POST tokens':
      if (state.tokens.some((token) => token.name === asked.name)) return json(response, 409, { error: `There is a token “${asked.name}” already.`, status: 409 });
      state.tokens.push({ name: asked.name, scope: asked.scope, source: asked.source, owner: 'ada', created: Date.now() / 1000, expires: null, lastUsed: null });
      return json(response, 200, { token: 'hwt_dev_8Zx2kQ7mWb4NrT1yLcVd9Gs6JfPaHe3u' });
    case 'DELETE tokens/*':
      state.tokens = state.tokens.filter((token) => token.name !== name);
      return json(response, 204);
    case 'GET users':
      return json(response, 200, state.users);
    case 'POST users':
      state.users.push({ name: asked.name, roles: asked.roles, groups: [], effectiveRoles: asked.roles, enabled: true, secondFactor: false, provider: 'local', created: Date.now() / 1000, lastSignIn: null });
      return json(response, 204);
    case 'PUT users/*':
      Object.assign(state.users.find((user) => user.name === name), asked.roles ? { roles: asked.roles, effectiveRoles: asked.roles } : {});
      return json(response, 204);
    case 'DELETE users/*':
      state.users = state.users.filter((user) => user.name !== name);
      return json(response, 204);
    default:
      return json(response, 404, { error: 'There is no such route.', status: 404 });
  }
}

function file(url, response) {
  let path = join(WEB, normalize(url.pathname));
  if (!path.startsWith(WEB) || !existsSync(path) || statSync(path).isDirectory()) path = join(WEB, 'index.html');
  response.writeHead(200, { ...HEADERS, 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' });
  createReadStream(path).pipe(response);
}

const server = createServer((incoming, response) => {
  const url = new URL(incoming.url, 'http://localhost');
  const work = async () => {
    if (url.pathname.startsWith('/api/hw/')) return hearthwatch(url, incoming, response);
    if (url.pathname.startsWith('/api/v2/')) return routing(url, incoming, response);
    if (url.pathname === '/-/reload') return json(response, 200, {});
    if (url.pathname === '/api/v1/rules') return json(response, 200, { status: 'success', data: { groups: FAKE.has('norules') ? [] : groups() } });
    if (url.pathname.startsWith('/api/v1/')) {
      if (!state.signedIn) return json(response, 401, { status: 'error', errorType: 'unauthorized', error: 'Sign in first.' });
      const answer = await ask(url.pathname, await body(incoming));
      response.writeHead(answer.status, { ...HEADERS, 'Content-Type': 'application/json' });
      return response.end(answer.text);
    }
    return file(url, response);
  };
  work().catch((problem) => json(response, 502, { error: String(problem), status: 502 }));
});
server.listen(PORT, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
