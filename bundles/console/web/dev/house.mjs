/* What the pages on alerting and on what guards the house ask for, played from memory; dev/server.mjs serves it. */

const NOW = Date.now() / 1000;
const HOUR = 3600;
const iso = (seconds) => new Date(seconds * 1000).toISOString();

const field = (key, title, description, more = {}) => ({ key, title, description, usual: '', options: [], secret: false, ...more });

const forms = [
  {
    kind: 'mail', title: 'Notifications by mail', description: 'Mailboxes that alerts are told to, and the server that takes the mails; one file each',
    fields: [
      field('smarthost', 'Server', 'Host and port of the mail server, such as mail.home:587'),
      field('from', 'From', "The sender's address"),
      field('to', 'To', "The recipients' addresses, separated by commas"),
      field('username', 'User', 'Who we are to the server; empty if it does not ask'),
      field('password', 'Password', 'A reference to the password, such as secret:mail/password or file:/run/secrets/mail', { secret: true }),
      field('thread', 'Thread', 'Which mails belong together: group for those of a group of alerts, daily for those of a group and a day, none', { usual: 'group' }),
    ],
  },
  {
    kind: 'webhook', title: 'Notifications over HTTP', description: 'A phone, a chat room, a pager or a webhook that alerts are told to; one file each',
    fields: [
      field('kind', 'Kind', 'What it speaks', { options: ['ntfy', 'gotify', 'telegram', 'matrix', 'discord', 'slack', 'webhook'] }),
      field('url', 'Address', 'Such as https://ntfy.home/alerts; or a reference such as secret:slack/url where the address itself is a secret'),
      field('token', 'Token', 'A reference to the token, such as secret:ntfy/token', { secret: true }),
      field('timeout', 'Time-out', 'How long an answer may take; 1s to 5m', { usual: '10s' }),
    ],
  },
];

const state = {
  channels: [
    { kind: 'webhook', name: 'phone', settings: { kind: 'ntfy', url: 'https://ntfy.home/alerts', token: 'secret:channel/webhook/phone/token' } },
    { kind: 'mail', name: 'ada', settings: { smarthost: 'mail.home:587', from: 'watch@home', to: 'ada@home' } },
  ],
  secrets: [
    { name: 'channel/webhook/phone/token', version: 1, changed: NOW - 5 * HOUR, versions: 1, rotates: false },
    { name: 'proxmox/pve1', version: 7, changed: NOW - 40 * 24 * HOUR, versions: 3, rotates: true },
    { name: 'smtp/password', version: 2, changed: NOW - 200 * 24 * HOUR, versions: 2, rotates: false },
  ],
  vault: 'unsealed',
  slots: [
    { id: 1, kind: 'file', label: 'this machine', created: NOW - 90 * 24 * HOUR, strength: '', unattended: true, meaning: 'whoever reads the key file: a copy of the vault alone is safe, a stolen disk or machine is not' },
    { id: 2, kind: 'passphrase', label: 'in the safe', created: NOW - 80 * 24 * HOUR, strength: 'argon2id m=65536 t=3 p=4', unattended: false, meaning: 'whoever knows the passphrase; a weak one can be guessed by a thief of the file' },
  ],
  profile: 'standard',
  files: new Map([
    ['house.yml', 'groups:\n  - name: house\n    rules:\n      - alert: HostHot\n        expr: node_hwmon_temp_celsius > 70\n        for: 10m\n        labels:\n          severity: warning\n'],
    ['empty.yml', 'groups: []\n'],
  ]),
  groups: [{ name: 'family', roles: ['viewer'], members: ['guest'] }],
  keys: [{ user: 'ada', type: 'ssh-ed25519', fingerprint: 'SHA256:q4yL8m0v1Cwz6m1nUqjGZ2l5cH0b3oP9t//e7KxYzA8', comment: 'ada@laptop', added: NOW - 9 * 24 * HOUR }],
  backups: [
    { name: 'hearthwatch-2026-11-22T03-00-00Z.age', created: NOW - 4 * HOUR, bytes: 812_344, signed: true, samples: false },
    { name: 'hearthwatch-2026-11-15T03-00-00Z-samples.age', created: NOW - 7 * 24 * HOUR, bytes: 412_344_002, signed: false, samples: true },
  ],
};

const channel = (id, kind, more = {}) => ({ id, kind, waiting: 0, lastDelivered: NOW - 700, failure: null, ...more });
const node = (depth, matchers, receiver, more = {}) => ({
  depth, matchers, receiver, continues: false, groupBy: ['alertname', 'instance'], groupWait: 0.5, groupInterval: 60, repeatInterval: 4 * HOUR, mutedDuring: [], activeDuring: [], ...more,
});

function routing(fake) {
  if (fake.has('nochannels')) return { source: 'defaults, as there is no etc/alertmanager.yml', since: NOW, problems: [], routes: [node(0, '{}', 'everything')], receivers: [{ name: 'everything', labels: {}, channels: [] }] };
  if (fake.has('defaults')) {
    return {
      source: 'defaults, as there is no etc/alertmanager.yml', since: NOW, problems: [], routes: [node(0, '{}', 'everything')],
      receivers: [{ name: 'everything', labels: {}, channels: state.channels.map(({ kind, name, settings }) => channel(`everything/${settings.kind ?? kind}:${name}`, settings.kind ?? kind)) }],
    };
  }
  return {
    source: 'etc/alertmanager.yml', since: NOW, problems: fake.has('problems') ? ['12:9: undefined receiver "nobody" used in route'] : [],
    routes: [
      node(0, '{}', 'ops'),
      node(1, '{severity="critical"}', 'pager', { continues: true, groupWait: 0, groupBy: ['...'] }),
      node(2, '{team="db"}', 'db-pager', { activeDuring: ['working-hours'] }),
      node(1, '{alertname=~"Disk.*|Raid.*"}', 'storage', { mutedDuring: ['nights', 'weekends'], groupBy: [] }),
    ],
    receivers: [
      { name: 'ops', labels: {}, channels: [channel('ops/email[0]', 'mail'), channel('ops/webhook[0]', 'webhook', { waiting: 3, failure: 'https://chat.home/hooks/ops answered 503 Service Unavailable; tried again in 40s' })] },
      { name: 'pager', labels: {}, channels: [channel('pager/pushover[0]', 'pushover', { lastDelivered: null })] },
      { name: 'db-pager', labels: {}, channels: [] },
    ],
  };
}

const notices = Array.from({ length: 7 }, (_, at) => ({
  at: NOW - at * 1900, key: `k${at}`, receiver: 'ops', channel: at % 3 === 1 ? 'ops/webhook[0]' : 'ops/email[0]', group: '{}:{alertname="DiskFillsSoon", instance="nas"}',
  reason: at === 0 ? 'a test' : 'new alerts', delivered: at % 3 !== 1, tries: at % 3 === 1 ? 12 : 1, firing: at === 0 ? 1 : 2, resolved: at === 0 ? 1 : 0,
  answer: at % 3 === 1 ? 'https://chat.home/hooks/ops answered 503 Service Unavailable; given up after 2h' : '250 2.0.0 Ok: queued as 4XyZ',
}));

const outcomes = ['allowed', 'allowed', 'refused', 'failed'];
const audit = Array.from({ length: 40 }, (_, at) => ({
  sequence: 940 + at, time: NOW - (40 - at) * 777, actor: ['ada', 'token:deploy-script', '-', 'appliance'][at % 4], role: ['admin', 'write', '-', '-'][at % 4], source: ['192.168.1.20', '127.0.0.1', '192.168.1.77', 'appliance'][at % 4],
  action: ['manage:users', 'silence:alerts', 'manage:secrets', 'checkpoint:audit'][at % 4], object: ['PUT /api/hw/users/guest', 'POST /api/v2/silences', 'PUT /api/hw/secrets/smtp/password', '-'][at % 4],
  outcome: outcomes[at % 4], reason: at % 4 === 2 ? '401 Sign in first.' : at % 4 === 3 ? 'The disk is full' : '',
}));

const pinned = (file, key, now, wanted, why) => ({ file, key, now, wanted, why, holds: now === wanted });
const profiles = () => ({
  chosen: state.profile,
  profiles: [
    { profile: 'standard', settings: [pinned('etc/org.hearthwatch.transport.cfg', 'egress', null, null, 'where outgoing connections may go'), pinned('etc/org.hearthwatch.access.cfg', 'sessionIdle', null, null, 'a session nobody uses ends')] },
    { profile: 'high', settings: [pinned('etc/org.hearthwatch.transport.cfg', 'egress', null, 'listed', 'where outgoing connections may go'), pinned('etc/org.hearthwatch.access.cfg', 'sessionIdle', null, '30m', 'a session nobody uses ends')] },
    { profile: 'airgap', settings: [pinned('etc/org.hearthwatch.transport.cfg', 'egress', null, 'private', 'where outgoing connections may go'), pinned('etc/org.hearthwatch.access.cfg', 'sessionIdle', null, '30m', 'a session nobody uses ends')] },
  ],
});

const promises = [
  ['S1', 'Secrets are encrypted on disk', 'ON', 'The vault is unsealed, with two ways in.', 'hw:vault-status'],
  ['S8', 'TLS 1.3 only, hybrid key exchange first', 'OFF', 'No address is set on which HTTPS is spoken.', 'openssl s_client -connect HOST:8443 -groups X25519MLKEM768'],
  ['S18', 'Every change is on record', 'ON', 'The audit log takes entries; its chain was verified at the start.', 'hw:audit-verify'],
  ['S24', 'One gate for everything that goes out', 'DEGRADED', 'egress = private: any private address may be reached. Profile high lists destinations.', 'hw:security-profile high'],
].map(([id, title, held, why, proof]) => ({ id, title, state: held, why, proof }));

function check(text) {
  return text.split('\n').flatMap((line, at) => (line.includes('\t') ? [`${at + 1}:1: found character that cannot start any token`] : line.includes('expr: (') ? [`${at + 1}:15: could not parse expression: unclosed left parenthesis`] : []));
}

function backtest() {
  const firing = (from, to, instance) => ({ labels: { alertname: 'HostHot', instance }, activeAt: iso(NOW - from * HOUR - 600), firedAt: iso(NOW - from * HOUR), ...(to === null ? {} : { endedAt: iso(NOW - to * HOUR) }) });
  return {
    from: iso(NOW - 168 * HOUR), to: iso(NOW),
    reports: [
      { name: 'HostHot', expression: 'node_hwmon_temp_celsius > 70', step: 60, firings: [firing(150, 141, 'nas'), firing(148, 144, 'pve1'), firing(80, 78, 'nas'), firing(6, null, 'nas')], warnings: [] },
      { name: 'HostCold', expression: 'node_hwmon_temp_celsius < 5', step: 60, firings: [], warnings: ['Nothing is stored under node_hwmon_temp_celsius before 2026-11-20.'] },
    ],
  };
}

/** Answers a request of `/api/hw`, or undefined where it is none of these. */
export function house(method, path, query, asked, fake) {
  const [kind, ...rest] = path.split('/').map(decodeURIComponent);
  const name = rest.join('/');
  const ok = (value) => ({ status: value === undefined ? 204 : 200, value });
  const no = (status, error) => ({ status, value: { error, status } });
  switch (`${method} ${kind}`) {
    case 'GET routing':
      return ok(routing(fake));
    case 'GET route-test': {
      const labels = Object.fromEntries(query.getAll('label').map((label) => label.split('=')));
      const critical = labels.severity === 'critical';
      const { routes } = routing(fake);
      return ok({
        steps: routes.filter(({ depth }) => depth < 2 || critical).map((each, at) => ({ depth: each.depth, matchers: each.matchers, receiver: each.receiver, matches: at === 0 || (critical && at === 1) || (at === 3 && /Disk/.test(labels.alertname)), continues: each.continues })),
        destinations: [{ receiver: critical ? 'pager' : 'ops', route: critical ? '{}/{severity="critical"}' : '{}', groupLabels: critical ? labels : {}, groupWait: 0.5, groupInterval: 60, repeatInterval: 14400, channels: critical ? ['pager/pushover[0]'] : [], mutedBy: critical ? [] : ['nights'] }],
        silencedBy: [], inhibitedBy: [],
      });
    }
    case 'GET notifications':
      return ok(fake.has('nochannels') ? [] : notices);
    case 'POST receivers':
      return ok([{ channel: name, delivered: !name.includes('webhook'), took: 0.42, answer: name.includes('webhook') ? 'HTTP 503 Service Unavailable\n\nupstream connect error' : '250 2.0.0 Ok: queued as 4XyZ' }]);
    case 'GET alerts':
      return ok([
        { fingerprint: 'aa', labels: { alertname: 'DiskFillsSoon', severity: 'warning', instance: 'nas', mountpoint: '/srv/pool' }, annotations: {}, startsAt: NOW - 4000, receivers: ['ops'], silencedBy: ['7f0e'], inhibitedBy: [], mutedBy: [], acknowledgement: null },
        { fingerprint: 'ab', labels: { alertname: 'DiskFillsSoon', severity: 'critical', instance: 'nas', mountpoint: '/' }, annotations: {}, startsAt: NOW - 300, receivers: ['ops'], silencedBy: [], inhibitedBy: [], mutedBy: [], acknowledgement: state.acknowledged ?? null },
        { fingerprint: 'ac', labels: { alertname: 'RouterDown', severity: 'critical', instance: 'fritz.box' }, annotations: { summary: 'The router does not answer' }, startsAt: NOW - 60, receivers: ['ops'], silencedBy: [], inhibitedBy: [], mutedBy: [], acknowledgement: null },
      ]);
    case 'POST alerts':
      state.acknowledged = { by: 'ada', comment: asked.comment, at: NOW, until: null };
      return ok([]);
    case 'GET channels':
      return ok({ forms, channels: fake.has('nochannels') ? [] : state.channels });
    case 'PUT channels':
      if (name.includes('bad')) return no(400, 'etc/org.hearthwatch.notifier.webhook-bad.cfg: kind = pigeon is not allowed; it takes one of ntfy, gotify');
      state.channels = [...state.channels.filter((each) => `${each.kind}/${each.name}` !== name), { kind: rest[0], name: rest[1], settings: asked.settings }];
      return ok();
    case 'DELETE channels':
      state.channels = state.channels.filter((each) => `${each.kind}/${each.name}` !== name);
      return ok();
    case 'GET rule-files':
      if (rest[1] === 'history') return ok([{ number: 2, at: iso(NOW - HOUR), by: 'ada', comment: 'Ten minutes are enough', text: state.files.get(rest[0]) }, { number: 1, at: iso(NOW - 90 * HOUR), by: 'operator', comment: '', text: 'groups:\n  - name: house\n    rules:\n      - alert: HostHot\n        expr: node_hwmon_temp_celsius > 80\n' }]);
      if (name === '') return ok([...state.files].map(([file, text]) => ({ name: file, bytes: text.length, changed: iso(NOW - HOUR) })));
      return state.files.has(name) ? ok({ name, text: state.files.get(name) }) : no(404, `There is no rule file ${name}.`);
    case 'PUT rule-files':
      if (check(asked.text).length > 0) return no(422, check(asked.text).join('; '));
      state.files.set(name, asked.text);
      return ok({ name });
    case 'DELETE rule-files':
      state.files.delete(name);
      return ok({ name });
    case 'POST rule-check':
      return ok(check(asked.text));
    case 'POST rule-backtest':
      return ok(backtest());
    case 'GET vault':
      return ok({ state: fake.has('sealed') ? 'sealed' : state.vault, generation: 43, secrets: state.secrets.length, memory: 'memfd_secret page', keysSince: NOW - 90 * 24 * HOUR, slots: state.slots, protections: ['Core dumps are off.'], problem: null });
    case 'POST vault':
      if (name === 'seal') state.vault = 'sealed';
      if (name === 'unseal') {
        if (asked.passphrase === 'wrong') return no(403, 'This opens none of the slots.');
        state.vault = 'unsealed';
      }
      if (name === 'shares') return ok(Array.from({ length: asked.shares }, (_, at) => `hw-share-${at + 1} able acid also apex aqua arch atom aunt away axis back bald barn belt beta bias`));
      if (name === 'slots') state.slots.push({ id: state.slots.length + 1, kind: asked.kind, label: asked.label, created: NOW, strength: '', unattended: asked.kind !== 'passphrase', meaning: 'whoever knows it' });
      return ok({});
    case 'DELETE vault':
      state.slots = state.slots.filter(({ id }) => String(id) !== rest[1]);
      return ok();
    case 'GET secrets':
      return name === '' ? ok(state.secrets) : ok([{ version: 2, created: NOW - HOUR }, { version: 1, created: NOW - 90 * HOUR }]);
    case 'PUT secrets':
      state.secrets = [...state.secrets.filter((each) => each.name !== name), { name, version: 1, changed: NOW, versions: 1, rotates: false }];
      return ok(state.secrets.at(-1));
    case 'DELETE secrets':
      state.secrets = state.secrets.filter((each) => each.name !== name);
      return ok();
    case 'POST secret-rotate':
      return ok(state.secrets[0]);
    case 'GET audit':
      if (name === 'head') return ok({ size: 980, hash: 'ab', lastCheckpoint: NOW - 5 * HOUR, verifier: 'hearthwatch+1234+ABCD' });
      return ok(audit.filter((entry) => (query.get('outcome') || entry.outcome) === entry.outcome && JSON.stringify(entry).toLowerCase().includes((query.get('text') ?? '').toLowerCase())));
    case 'POST audit':
      if (name === 'verify') return ok({ entries: 980, checkpoints: 12, problem: fake.has('problems') ? 'entry 412 does not follow from the one before it' : null });
      if (name === 'checkpoint') return ok({ note: 'hearthwatch/audit\n980\nq4yL8m0v1Cwz6m1nUqjGZ2l5cH0b3oP9te7KxYzA8=\n\n— hearthwatch AbCdEf0123456789' });
      return ok({});
    case 'GET security-profile':
      return ok(profiles());
    case 'PUT security-profile':
      state.profile = asked.profile;
      return ok([]);
    case 'GET promises':
      return ok(promises);
    case 'GET groups':
      return ok(state.groups);
    case 'POST groups':
      state.groups.push({ name: asked.name, roles: asked.roles, members: [] });
      return ok();
    case 'PUT groups':
      return ok();
    case 'DELETE groups':
      state.groups = state.groups.filter((group) => group.name !== name);
      return ok();
    case 'GET ssh-keys':
      return ok(state.keys);
    case 'POST ssh-keys':
      state.keys.push({ user: asked.user, type: 'ssh-ed25519', fingerprint: `SHA256:${state.keys.length}`, comment: '', added: NOW });
      return ok({ fingerprint: state.keys.at(-1).fingerprint });
    case 'DELETE ssh-keys':
      state.keys = state.keys.filter(({ fingerprint }) => fingerprint !== query.get('fingerprint'));
      return ok();
    case 'GET backups':
      return ok({ archives: state.backups, warnings: ['Only this appliance can open its backups: they are lost with it. Name a public key of age in etc/org.hearthwatch.backup.cfg.'], lastDrill: { time: NOW - 30 * HOUR, archive: state.backups[0]?.name ?? '', passed: true, found: ['41 files are as the manifest says', 'the vault opens, 3 secrets'] } });
    case 'POST backups':
      if (rest[1] === 'verify' || rest[1] === 'restore') return ok({ created: NOW - 4 * HOUR, version: '0.1.0', files: 41, bytes: 812_344, samples: false, signature: 'of this appliance' });
      if (rest[1] === 'drill') return ok({ found: ['41 files are as the manifest says', 'the vault opens, 3 secrets', 'what was unpacked is removed'] });
      state.backups.unshift({ name: 'hearthwatch-new.age', created: NOW, bytes: 812_999, signed: true, samples: asked.samples });
      return ok(state.backups[0]);
    case 'DELETE backup-restore':
      return ok({ waited: false });
    case 'GET trust':
      return ok({ keys: [{ name: 'Hearthwatch plugins', fingerprint: '3f9a0b7cc41d5e6f70819293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7', roles: ['plugin'], expires: NOW + 300 * 24 * HOUR, state: 'VALID', file: 'etc/trust/hearthwatch.pub' }], problems: [] });
    case 'GET account':
      return ok({ name: 'ada', roles: ['admin'], secondFactor: true, recoveryLeft: 8, sessions: [{ handle: 'a1', user: 'ada', origin: '192.168.1.20', means: 'password', began: NOW - HOUR, used: NOW - 5 }] });
    case 'GET sessions':
      return ok([{ handle: 'a1', user: 'ada', origin: '192.168.1.20', means: 'password', began: NOW - HOUR, used: NOW - 5 }]);
    default:
      return undefined;
  }
}
